/** CodeMirror as the page uses it. What it asks of the world comes in through hooks. */

import { acceptCompletion, autocompletion, completionKeymap, completionStatus, startCompletion } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { forceLinting, linter, lintGutter, lintKeymap, type Diagnostic } from '@codemirror/lint';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, hoverTooltip, keymap, lineNumbers } from '@codemirror/view';
import type { Finding } from '../model.js';
import type { EditorMessages } from '../messages/editor.js';
import { source } from './completion.js';
import type { Schema } from './desk.js';
import { marks, type Mark } from './findings.js';
import { look } from './look.js';
import { deeper, fieldAt } from './place.js';

export interface Hooks {
  readonly schema: Schema;
  /** What is wrong with a text; rejects while nobody can tell. */
  check(text: string): Promise<readonly Finding[]>;
  /** The person pressed the keys that apply. */
  apply(): void;
  changed(text: string): void;
  moved(): void;
  found(marks: readonly Mark[]): void;
}

export interface Editing {
  readonly view: EditorView;
  /** Its words in another language. */
  speak(t: EditorMessages): void;
  /** The world may have changed: what was wrong may be right now. */
  recheck(): void;
  /** Puts another text in the place of this one, with an undo of its own, and gives what `back` brings this one back by. */
  put(text: string): EditorState;
  back(state: EditorState): void;
}

/** Makes an editor inside a shadow root, where its style sheets are constructed ones: the page's policy allows no others. */
export function edit(parent: HTMLElement, root: ShadowRoot, text: string, t: EditorMessages, hooks: Hooks): Editing {
  const words = new Compartment();
  let spokenNow = t;
  const begin = (doc: string): EditorState => EditorState.create({ doc, extensions: [extensions(hooks), words.of(spoken(spokenNow))] });
  const view = new EditorView({ parent, root, state: begin(text) });
  const speak = (next: EditorMessages): void => {
    spokenNow = next;
    view.dispatch({ effects: words.reconfigure(spoken(next)) });
  };
  return {
    view,
    speak,
    recheck: () => forceLinting(view),
    put: (doc) => {
      const { state } = view;
      view.setState(begin(doc));
      return state;
    },
    back: (state) => {
      view.setState(state);
      speak(spokenNow);
    },
  };
}

function extensions(hooks: Hooks): Extension {
  return [
    lineNumbers(),
    highlightActiveLineGutter(),
    highlightActiveLine(),
    history(),
    drawSelection(),
    indentOnInput(),
    indentUnit.of('  '),
    EditorState.tabSize.of(2),
    bracketMatching(),
    yaml(),
    EditorView.lineWrapping,
    look,
    autocompletion({ override: [source(hooks.schema, ({ view }) => view && startCompletion(view))], icons: false, activateOnTypingDelay: 60 }),
    linter((view) => lint(view, hooks), { delay: 350 }),
    lintGutter(),
    hoverTooltip((view, pos) => hover(view, pos, hooks.schema)),
    EditorView.domEventHandlers({ beforeinput: typeOver }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) hooks.changed(update.state.doc.toString());
      if (update.docChanged || update.selectionSet) hooks.moved();
    }),
    keymap.of([
      { key: 'Mod-Enter', run: () => (hooks.apply(), true) },
      { key: 'Tab', run: (view) => acceptCompletion(view) || completionStatus(view.state) === 'active' },
      { key: 'Enter', run: goDeeper },
      { key: 'Tab', run: indentMore, shift: indentLess },
      ...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap,
    ]),
  ];
}

/** Typing over several lines by itself, as a browser that does it leaves inline styles behind, which the page's policy forbids. */
function typeOver(event: InputEvent, view: EditorView): boolean {
  const { main } = view.state.selection;
  if (event.inputType !== 'insertText' || event.data === null || event.isComposing || main.empty) return false;
  view.dispatch(view.state.update(view.state.replaceSelection(event.data), { userEvent: 'input.type', scrollIntoView: true }));
  return true;
}

/** A new line under a field that has no value yet; the grammar alone would not go deeper. */
function goDeeper(view: EditorView): boolean {
  const { main } = view.state.selection;
  const line = view.state.doc.lineAt(main.head);
  const blanks = deeper(line.text.slice(0, main.head - line.from));
  if (!main.empty || blanks === undefined || line.text.slice(main.head - line.from).trim() !== '') return false;
  view.dispatch(view.state.update(view.state.replaceSelection(`\n${blanks}`), { userEvent: 'input', scrollIntoView: true }));
  return true;
}

function spoken(t: EditorMessages): Extension {
  return [
    EditorView.contentAttributes.of({ 'aria-label': t.text, 'aria-describedby': 'help' }),
    EditorState.phrases.of(t.phrases),
  ];
}

async function lint(view: EditorView, hooks: Hooks): Promise<readonly Diagnostic[]> {
  const text = view.state.doc.toString();
  const found = marks(text, await hooks.check(text).catch(() => []));
  hooks.found(found);
  return found.map((m): Diagnostic => ({ from: m.from, to: m.to, severity: 'error', message: m.hint === '' ? m.text : `${m.text}\n${m.hint}` }));
}

async function hover(view: EditorView, pos: number, schema: Schema) {
  const at = fieldAt(view.state.doc.toString(), pos);
  if (!at || at.kind === '' || pos < at.from || pos > at.to) return null;
  const { field } = await schema.field(at.kind, at.names);
  if (!field || field.text === '') return null;
  return {
    pos: at.from,
    end: at.to,
    create: () => {
      const dom = document.createElement('div');
      const type = document.createElement('code');
      type.textContent = `${at.names.join('.')} <${field.type}>`;
      dom.append(type, document.createElement('br'), field.text);
      return { dom };
    },
  };
}
