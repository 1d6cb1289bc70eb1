/** The editor: a manifest, what is wrong with it, and what its fields are for. */

import type { EditorState } from '@codemirror/state';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { editorMessages, type EditorMessages } from '../messages/editor.js';
import { en } from '../messages/en.js';
import type { Messages } from '../messages/messages.js';
import { browserBox, type Box } from '../session/store.js';
import type { Transcript } from '../session/transcript.js';
import type { Finding, SchemaField } from '../model.js';
import { base } from '../theme/base.css.js';
import { Schema, type Desk } from './desk.js';
import { difference, fromUnified, type Change } from './difference.js';
import { findDraft, keepDraft } from './draft.js';
import { styles } from './editor.css.js';
import { editorEvent } from './events.js';
import type { Mark } from './findings.js';
import { heredoc } from './heredoc.js';
import { content, forApply, warns, type EditRequest } from './object.js';
import { aboutField, diffView, draftTools, editTools, problems, type About } from './parts.js';
import { fieldAt } from './place.js';
import { edit, type Editing } from './setup.js';
import { template, withDocument } from './templates.js';

/** The most characters of a command: the engine takes so many bytes, of which a character may need three. */
const most = 80_000;

/**
 * @summary A manifest to write, with completion, documentation and errors from the engine.
 * @fires slipway-command - the command line `detail.text` is to be run
 * @fires slipway-said - `detail.text` is what a command would have said
 * @fires slipway-edited - an object is no longer edited
 * @fires slipway-edit - the object `detail.key` is to be edited
 */
export class SlipwayEditor extends LitElement {
  static override styles = [base, styles];
  static override properties = {
    desk: { attribute: false },
    lesson: { attribute: false },
    transcript: { attribute: false },
    busy: { type: Boolean },
    ready: { type: Boolean },
    edit: { attribute: false },
    object: { attribute: false },
    t: { attribute: false },
    found: { state: true },
    about: { state: true },
    note: { state: true },
    unkept: { state: true },
    kinds: { state: true },
    changes: { state: true },
    mode: { state: true },
  };

  declare desk: Desk | undefined;
  declare lesson: string;
  declare transcript: Transcript;
  declare busy: boolean;
  declare ready: boolean;
  /** The object a command wants edited; another value each time. */
  declare edit: EditRequest | undefined;
  /** Key of the object on show elsewhere; empty if there is none. */
  declare object: string;
  declare t: Messages;
  /** What apply would refuse. */
  declare found: readonly Mark[];
  /** The field the cursor is in. */
  declare about: About | undefined;
  /** What came of the last thing that was done, and whether it went well. */
  declare note: { readonly text: string; readonly bad: boolean } | undefined;
  /** The text is not kept across a reload. */
  declare unkept: boolean;
  /** The kinds there are. */
  declare kinds: readonly SchemaField[];
  /** What would change, while that is on show. */
  declare changes: readonly Change[] | undefined;
  /** The object being edited in place of the person's own text. */
  declare mode: EditRequest | undefined;

  readonly #box: Box = browserBox();
  readonly #schema = new Schema(() => this.#desk());
  #editing: Editing | undefined;
  /** The last block of the transcript before a command of the editor's was sent; undefined if none is under way. */
  #before: number | undefined;
  #keeping: ReturnType<typeof setTimeout> | undefined;
  #asking = 0;
  /** The person's own text while an object is edited. */
  #own: EditorState | undefined;

  constructor() {
    super();
    this.desk = undefined;
    this.lesson = '';
    this.transcript = [];
    this.busy = false;
    this.ready = false;
    this.t = en;
    this.found = [];
    this.about = undefined;
    this.note = undefined;
    this.unkept = false;
    this.edit = undefined;
    this.object = '';
    this.kinds = [];
    this.changes = undefined;
    this.mode = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#start(); // it was taken out and put back
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#keeping);
    this.#keep();
    this.#editing?.view.destroy();
    this.#editing = undefined;
  }

  override render(): TemplateResult {
    const { t, found, note } = this;
    const e = this.#e;
    return html`<div class="top">
        <h2>${t.viewNames.editor}</h2>
        <span class="does">${this.#tools()}</span>
      </div>
      ${this.mode ? html`<p class="mode">${e.editing(this.mode.line)}</p>` : nothing}
      <div class="text"></div>
      <p class="about" id="about">${aboutField(this.about, e)}</p>
      <div role="status" class="note ${note?.bad ? 'bad' : ''}">${note ? html`<pre>${note.text}</pre>` : nothing}</div>
      <div class="sr" role="status">${found.length === 0 ? nothing : e.problems(found.length)}</div>
      ${problems(found, e, (m) => this.#go(m))}
      ${this.changes ? diffView(this.changes, e, () => (this.changes = undefined)) : nothing}
      ${this.unkept ? html`<p class="note bad" role="status">${e.unkept}</p>` : nothing}
      <p class="help" id="help">${e.help}</p>`;
  }

  #tools(): TemplateResult {
    const [create, compare, apply, cancel] = [this.#create, () => void this.#compare(), this.#apply, this.#cancel];
    if (this.mode) return editTools(this.ready, this.#e, { cancel, compare, apply });
    const open = (): void => void this.dispatchEvent(editorEvent('slipway-edit', { key: this.object }));
    const can = { run: this.ready, open: this.ready && !this.busy };
    return draftTools(this.kinds, this.object.split('/').at(-1) ?? '', can, this.#e, { create, open, compare, apply });
  }

  override firstUpdated(): void {
    this.#start();
  }

  #start(): void {
    const parent = this.renderRoot.querySelector<HTMLElement>('.text');
    const root = this.shadowRoot;
    if (!parent || !root) return;
    this.#editing = edit(parent, root, findDraft(this.#box, this.lesson), this.#e, {
      schema: this.#schema,
      check: (text) => this.#check(text),
      apply: () => this.#apply(),
      changed: () => this.#changed(),
      moved: () => void this.#moved(),
      found: (marks) => (this.found = marks),
    });
    this.#askKinds();
  }

  async #check(text: string): Promise<readonly Finding[]> {
    if (text.length > most) return [];
    return (await this.#desk().check(this.mode ? forApply(text) : text)).found;
  }

  #askKinds(): void {
    this.#schema.field('', []).then(({ fields }) => (this.kinds = fields), () => undefined); // asked again when there is an engine
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('t') && changed.get('t')) this.#editing?.speak(this.#e);
    if (changed.has('ready') && this.ready && this.kinds.length === 0) this.#askKinds();
    if (changed.has('edit') && this.edit) this.#begin(this.edit);
    if (changed.has('busy') || changed.has('transcript')) this.#heard();
  }

  /** The text as it is. */
  get text(): string {
    return this.#editing?.view.state.doc.toString() ?? '';
  }

  /** Puts another text in place of this one; it can be undone. */
  show(text: string): void {
    const view = this.#editing?.view;
    view?.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, selection: { anchor: 0 } });
    view?.focus();
  }

  get #e(): EditorMessages {
    return editorMessages(this.t);
  }

  #desk(): Desk {
    if (!this.desk) throw new Error('no engine');
    return this.desk;
  }

  readonly #apply = (): void => {
    if (!this.ready) return;
    const { text } = this;
    if (text.trim() === '') this.note = { text: this.#e.empty, bad: true };
    else if (text.length > most) this.note = { text: this.#e.tooLong, bad: true };
    else if (this.busy) this.note = { text: this.#e.busy, bad: true };
    else if (!this.mode) this.#run(heredoc('kubectl apply -f -', text));
    else if (content(text) === content(this.mode.text)) this.#cancel();
    else this.#run(heredoc(this.mode.line, text));
  };

  /** Puts an object in the place of the person's own text, which comes back afterwards. */
  #begin(edit: EditRequest): void {
    const own = this.#editing?.put(edit.text);
    this.#own ??= own;
    this.mode = edit;
    this.#turned();
  }

  #end(): void {
    this.mode = undefined;
    if (this.#own) this.#editing?.back(this.#own);
    this.#own = undefined;
    this.#turned();
    this.dispatchEvent(editorEvent('slipway-edited', undefined));
  }

  /** Another text is on show. */
  #turned(): void {
    this.found = [];
    this.note = undefined;
    this.changes = undefined;
    this.#editing?.view.focus();
    void this.#moved();
  }

  readonly #cancel = (): void => {
    this.dispatchEvent(editorEvent('slipway-said', { text: 'Edit cancelled, no changes made.\n' }));
    this.#end();
    this.note = { text: 'Edit cancelled, no changes made.', bad: false };
  };

  readonly #create = (event: Event): void => {
    const { target } = event;
    if (!(target instanceof HTMLSelectElement)) return;
    const kind = this.kinds.find((k) => k.name === target.value);
    target.value = '';
    if (kind) this.show(withDocument(this.text, template(kind)));
  };

  readonly #compare = async (): Promise<void> => {
    const { text, mode } = this;
    if (mode) {
      this.changes = difference(content(mode.text), content(text));
      return;
    }
    try {
      const said = await this.#desk().diff(text);
      this.changes = said === '' ? [] : fromUnified(said);
    } catch (err) {
      this.note = { text: err instanceof Error ? err.message : String(err), bad: true };
    }
  };

  #run(line: string): void {
    this.#before = this.transcript.at(-1)?.id ?? -1;
    this.note = undefined;
    this.dispatchEvent(editorEvent('slipway-command', { text: line }));
  }

  /** Once the command is over, what it said is the note. */
  #heard(): void {
    const before = this.#before;
    if (before === undefined || this.busy) return;
    const said = this.transcript.filter((b) => b.id > before);
    if (!said.some((b) => b.kind === 'command')) return;
    this.#before = undefined;
    const out = said.filter((b) => b.kind === 'out' || b.kind === 'err');
    const bad = out.some((b) => b.kind === 'err' && !warns(b.text));
    if (this.mode && !bad) this.#end();
    this.note = { text: out.map((b) => b.text).join('').trimEnd(), bad };
    this.#editing?.recheck();
  }

  #changed(): void {
    this.note = undefined;
    this.changes = undefined;
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => this.#keep(), 400);
  }

  #keep(): void {
    if (this.#editing) this.unkept = !keepDraft(this.#box, this.lesson, this.#own?.doc.toString() ?? this.text);
  }

  async #moved(): Promise<void> {
    const view = this.#editing?.view;
    const at = view && fieldAt(view.state.doc.toString(), view.state.selection.main.head);
    const asked = ++this.#asking;
    if (!at || at.kind === '') {
      this.about = undefined;
      return;
    }
    const answer = await this.#schema.field(at.kind, at.names).catch(() => undefined);
    if (asked !== this.#asking) return;
    this.about = answer?.field && { path: at.names.join('.') || at.kind, field: answer.field };
  }

  #go(mark: Mark): void {
    const view = this.#editing?.view;
    view?.dispatch({ selection: { anchor: Math.min(mark.from, view.state.doc.length) }, scrollIntoView: true });
    view?.focus();
  }
}
