/** What the terminal has on show: commands and what they printed. Pure. */

export type BlockKind = 'command' | 'out' | 'err' | 'note';

export interface Block {
  /** Rises with every block of a session: a key for drawing. */
  readonly id: number;
  readonly kind: BlockKind;
  /** The prompt before a command; empty otherwise. */
  readonly prompt: string;
  readonly text: string;
}

export type Transcript = readonly Block[];

const blockLimit = 400;
const textLimit = 200_000;

/** Adds a block; output that goes on in the same stream joins the block before it. */
export function append(t: Transcript, kind: BlockKind, text: string, prompt = ''): Transcript {
  const last = t[t.length - 1];
  if (last && last.kind === kind && (kind === 'out' || kind === 'err')) {
    const joined = { ...last, text: kept(last.text + text) };
    return [...t.slice(0, -1), joined];
  }
  const block = { id: (last?.id ?? 0) + 1, kind, prompt, text: kept(text) };
  return [...t, block].slice(-blockLimit);
}

/** The end of a text, as far as it is kept. It is copied: a slice would keep all of it in memory. */
function kept(text: string): string {
  return text.length > textLimit ? structuredClone(text.slice(-textLimit)) : text;
}

/** The part worth keeping across a reload, newest kept first, within a budget of characters. */
export function tail(t: Transcript, budget: number): Transcript {
  let left = budget;
  let from = t.length;
  for (let i = t.length - 1; i >= 0; i--) {
    left -= t[i]?.text.length ?? 0;
    if (left < 0) break;
    from = i;
  }
  return t.slice(from);
}

/** A block's text without the line end that closes it. */
export function shown(block: Block): string {
  return block.text.replace(/\n$/, '');
}
