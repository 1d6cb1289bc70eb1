/** Which key does what in the command line. Pure. */

export type Action =
  | 'run' | 'interrupt' | 'end' | 'older' | 'newer' | 'complete' | 'complete-back' | 'clear-screen' | 'clear-line' | 'dismiss';

export interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

export interface LineState {
  readonly text: string;
  readonly cursor: number;
  /** Something is selected, so that Ctrl+C means copy. */
  readonly selection: boolean;
  /** Completions are on offer. */
  readonly offer: boolean;
}

/** The action of a key; undefined leaves the key to the browser. */
export function actionOf(k: Key, s: LineState): Action | undefined {
  if (k.altKey || k.metaKey) return undefined;
  if (k.ctrlKey) return control(k.key.toLowerCase(), s);
  switch (k.key) {
    case 'Enter':
      return k.shiftKey ? undefined : 'run';
    case 'Tab':
      // An empty line lets Tab move on, so that the keyboard is never caught here.
      if (s.text.trim() === '') return undefined;
      if (k.shiftKey) return s.offer ? 'complete-back' : undefined;
      return 'complete';
    case 'ArrowUp':
      return s.text.slice(0, s.cursor).includes('\n') ? undefined : 'older';
    case 'ArrowDown':
      return s.text.slice(s.cursor).includes('\n') ? undefined : 'newer';
    case 'Escape':
      if (s.offer) return 'dismiss';
      return s.text === '' ? undefined : 'clear-line';
    default:
      return undefined;
  }
}

function control(key: string, s: LineState): Action | undefined {
  switch (key) {
    case 'c':
      return s.selection ? undefined : 'interrupt';
    case 'd':
      return s.text === '' ? 'end' : undefined;
    case 'l':
      return 'clear-screen';
    case 'u':
      return 'clear-line';
    default:
      return undefined;
  }
}
