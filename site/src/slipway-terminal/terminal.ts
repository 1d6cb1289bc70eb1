/** The terminal: what was said, and a line to say more. */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { en } from '../messages/en.js';
import type { Messages } from '../messages/messages.js';
import type { Completions, HistoryEntry } from '../model.js';
import { ownTask } from '../own-task.js';
import { usual } from '../session/state.js';
import { shown, type Block, type Transcript } from '../session/transcript.js';
import { base } from '../theme/base.css.js';
import { icon } from '../theme/icons.js';
import { unitOffset } from '../wire.js';
import { begin, cycle, pick, type Line, type Offer } from './completion.js';
import { lineEvent, plainEvent } from './events.js';
import { actionOf, type Action } from './keys.js';
import { lines, pasted } from './paste.js';
import { pieces, type Piece } from './pieces.js';
import { fresh, remember, seed, walk, type Recall } from './recall.js';
import { styles } from './terminal.css.js';
import { typeLines } from './typist.js';

/**
 * @summary A command line over the session, made of plain elements so that screen readers, phone keyboards and
 * input methods work in it.
 * @fires slipway-line - the person ran a line; `detail.text` may hold several, and `detail.aside` says that a button typed it
 * @fires slipway-interrupt - Ctrl+C while a command runs
 * @fires slipway-end - Ctrl+D on an empty line: what reads the lines is to end
 * @fires slipway-clear - Ctrl+L
 * @slot tools - buttons beside the title
 */
export class SlipwayTerminal extends LitElement {
  static override styles = [base, styles];
  static override properties = {
    transcript: { attribute: false },
    commands: { attribute: false },
    prompt: { attribute: false },
    busy: { type: Boolean },
    ready: { type: Boolean },
    machine: { type: Boolean },
    t: { attribute: false },
    complete: { attribute: false },
    text: { state: true },
    offer: { state: true },
    said: { state: true },
  };

  declare transcript: Transcript;
  /** Commands of the session's history, for Up after a reload. */
  declare commands: readonly HistoryEntry[];
  declare prompt: string;
  /** A command is running. */
  declare busy: boolean;
  /** The engine takes lines; what is run before waits until it does. */
  declare ready: boolean;
  /** It is a machine's, and not beside a cluster. */
  declare machine: boolean;
  declare t: Messages;
  /** Asks for completions of a text at a cursor. */
  declare complete: ((text: string, cursor: number) => Promise<Completions>) | undefined;
  declare text: string;
  declare offer: Offer | undefined;
  /** For screen readers only: how many completions there are. */
  declare said: string;

  #recall: Recall = fresh;
  #waiting = false;
  #typing: AbortController | undefined;
  #idle: (() => void)[] = [];

  constructor() {
    super();
    this.transcript = [];
    this.commands = [];
    this.prompt = usual;
    this.busy = false;
    this.ready = false;
    this.machine = false;
    this.t = en;
    this.complete = undefined;
    this.text = '';
    this.offer = undefined;
    this.said = '';
  }

  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) await ownTask();
    await super.scheduleUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#typing?.abort();
  }

  /** Puts the cursor into the line. */
  override focus(options?: FocusOptions): void {
    this.#input()?.focus(options);
  }

  /** Puts text into the line without running it. */
  fill(text: string): void {
    this.#typing?.abort();
    this.#show({ text, cursor: text.length });
    this.focus();
  }

  /** Types and runs lines one by one, each after the one before is over; with `aside` they go past the container the terminal is in. */
  async runLines(lines: readonly string[], aside = false): Promise<void> {
    this.#typing?.abort();
    const typing = new AbortController();
    this.#typing = typing;
    await typeLines(lines, {
      show: (text) => this.#show({ text, cursor: text.length }),
      enter: () => this.#run(aside),
      idle: () => this.#whenIdle(),
      still: matchMedia('(prefers-reduced-motion: reduce)').matches,
    }, typing.signal);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('commands') && this.#recall.past.length === 0) this.#recall = seed(this.commands.map((c) => c.text));
  }

  override render(): TemplateResult {
    const { t } = this;
    const many = lines(this.text) > 1;
    return html`<header>
        <h2 id="title">${t.terminal}</h2>
        <slot name="tools"></slot>
        ${this.busy
          ? html`<button type="button" class="btn stop" @click=${this.#interrupt}>${icon('stop')}${t.interrupt}</button>`
          : html`<button type="button" class="btn" @click=${() => this.dispatchEvent(plainEvent('slipway-clear'))}>${t.clear}</button>`}
      </header>
      <div class="scroll" @click=${this.#onClick}>
        <div role="log" tabindex="0" aria-label=${t.terminalLog}>
          ${this.transcript.length === 0 ? html`<p class="welcome">${this.machine ? t.machineWelcome : t.terminalWelcome}</p>` : nothing}
          <ol>${repeat(this.transcript, (b) => b.id, (b) => guard([b], () => block(b)))}</ol>
        </div>
        <form @submit=${this.#onSubmit}>
          <span class="prompt" aria-hidden="true">${this.busy ? '' : this.prompt}</span>
          <textarea class=${many ? 'many' : ''} rows=${Math.min(14, lines(this.text))} aria-label=${t.commandLine} aria-describedby="help"
            placeholder=${this.busy ? t.running : t.placeholder} autocapitalize="off" autocomplete="off" autocorrect="off" spellcheck="false" enterkeyhint="send"
            .value=${this.text} @input=${this.#onInput} @keydown=${this.#onKey} @paste=${this.#onPaste}></textarea>
          <button class="btn icon" ?disabled=${this.busy} aria-label=${t.run}>${icon('send')}</button>
        </form>
        ${many ? html`<p class="hint">${t.multiLine(lines(this.text))}</p>` : nothing}
        ${this.#offered()}
        <span id="help" class="sr">${t.terminalHelp}</span>
        <span class="sr" role="status">${this.said}</span>
      </div>
      <div class="keys" role="group" aria-label=${t.keys}>
        <button type="button" class="btn" @click=${() => void this.#tab(1)} aria-label="${t.tabKey}: ${t.complete}">Tab</button>
        <button type="button" class="btn" @click=${this.#interrupt} aria-label="${t.interruptKey}: ${t.interrupt}">Ctrl-C</button>
        ${this.prompt === usual ? nothing : html`<button type="button" class="btn" @click=${this.#end} aria-label="${t.endKey}: ${this.machine ? t.endOfInput : t.leaveContainer}">Ctrl-D</button>`}
        ${this.#key('up', t.previous)}${this.#key('down', t.next)}
      </div>`;
  }

  override updated(changed: PropertyValues<this>): void {
    if (this.transcript.length > 0 && (changed.has('transcript') || changed.has('text') || changed.has('offer'))) this.#scroll();
    if (this.busy || !this.ready) return;
    if (this.#waiting) {
      this.#waiting = false;
      this.#run();
      return;
    }
    const idle = this.#idle;
    this.#idle = [];
    for (const go of idle) go();
  }

  #offered(): TemplateResult | typeof nothing {
    const { offer, t } = this;
    if (!offer) return nothing;
    const words = offer.items.some((item) => item.hint !== '');
    return html`<div class="offer ${words ? 'words' : ''}" role="group" aria-label=${t.completions}>
      ${offer.items.map((item, i) => html`<button type="button" tabindex="-1" class=${i === offer.index ? 'on' : ''}
        @click=${() => this.#pick(offer, i)}>${item.text}${item.hint ? html`<small>${item.hint}</small>` : nothing}</button>`)}
    </div>`;
  }

  #key(name: 'up' | 'down', label: string): TemplateResult {
    return html`<button type="button" class="btn icon" aria-label=${label} @click=${() => this.#walk(name === 'up' ? -1 : 1)}>${icon(name)}</button>`;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const input = this.#input();
    if (!input || event.isComposing) return; // an input method is at work on this key
    const selection = window.getSelection()?.toString() !== '' || input.selectionStart !== input.selectionEnd;
    const action = actionOf(event, { text: input.value, cursor: input.selectionStart, selection, offer: this.offer !== undefined });
    if (!action) return;
    event.preventDefault();
    this.#do(action);
  };

  #do(action: Action): void {
    switch (action) {
      case 'run':
        this.#typing?.abort();
        this.#run();
        return;
      case 'interrupt':
        this.#interrupt();
        return;
      case 'end':
        this.#end();
        return;
      case 'older':
        this.#walk(-1);
        return;
      case 'newer':
        this.#walk(1);
        return;
      case 'complete':
        void this.#tab(1);
        return;
      case 'complete-back':
        void this.#tab(-1);
        return;
      case 'clear-screen':
        this.dispatchEvent(plainEvent('slipway-clear'));
        return;
      case 'dismiss':
        this.offer = undefined;
        return;
      case 'clear-line':
        this.#show({ text: '', cursor: 0 });
        return;
      default:
        action satisfies never;
    }
  }

  /** Runs the line, or lets it wait: for the command before it, or for the engine. */
  #run(aside = false): void {
    this.offer = undefined;
    if (this.busy || !this.ready) {
      this.#waiting = this.text.trim() !== '';
      return;
    }
    const { text } = this;
    this.#recall = remember(this.#recall, text);
    this.#show({ text: '', cursor: 0 });
    this.busy = true; // until the page says otherwise, so that no two lines leave at once
    this.dispatchEvent(lineEvent(text, aside));
  }

  readonly #interrupt = (): void => {
    this.#typing?.abort();
    this.#waiting = false;
    this.#show({ text: '', cursor: 0 });
    this.dispatchEvent(plainEvent('slipway-interrupt'));
    this.focus();
  };

  readonly #end = (): void => {
    this.dispatchEvent(plainEvent('slipway-end'));
    this.focus();
  };

  #walk(by: -1 | 1): void {
    const [recall, text] = walk(this.#recall, by, this.text);
    this.#recall = recall;
    this.#show({ text, cursor: text.length });
    this.focus();
  }

  async #tab(by: -1 | 1): Promise<void> {
    const input = this.#input();
    if (!input || !this.complete) return;
    const line: Line = { text: this.text, cursor: input.selectionStart };
    if (this.offer) {
      const [next, offer] = cycle(line, this.offer, by);
      this.#show(next);
      this.offer = offer;
      const { text, hint } = offer.items[offer.index] ?? { text: '', hint: '' };
      this.said = hint ? `${text}: ${hint}` : text;
      return;
    }
    try {
      const { from, items } = await this.complete(line.text, line.cursor);
      if (this.text !== line.text) return; // typed on meanwhile
      const [next, offer] = begin(line, unitOffset(line.text, from), items);
      this.#show(next);
      this.offer = offer;
      this.said = items.length === 0 ? this.t.noCompletions : this.t.completionCount(items.length);
    } catch {
      this.said = this.t.noCompletions; // the engine went away; the page says so itself
    }
    this.focus();
  }

  #pick(offer: Offer, i: number): void {
    const [line] = pick({ text: this.text, cursor: this.#input()?.selectionStart ?? this.text.length }, offer, i);
    this.#show({ text: `${line.text} `, cursor: line.cursor + 1 });
    this.focus();
  }

  /** Puts a line on show now, so that the cursor can be set at once. */
  #show(line: Line): void {
    this.text = line.text;
    this.offer = undefined;
    const input = this.#input();
    if (!input) return;
    input.value = line.text;
    input.setSelectionRange(line.cursor, line.cursor);
  }

  readonly #onInput = (): void => {
    this.text = this.#input()?.value ?? '';
    this.offer = undefined;
    this.said = '';
    this.#typing?.abort();
  };

  readonly #onPaste = (event: ClipboardEvent): void => {
    const input = this.#input();
    const text = event.clipboardData?.getData('text/plain');
    if (!input || !text) return;
    event.preventDefault();
    input.setRangeText(pasted(text), input.selectionStart, input.selectionEnd, 'end');
    this.#onInput();
  };

  readonly #onSubmit = (event: Event): void => {
    event.preventDefault();
    this.#do('run');
    this.focus();
  };

  readonly #onClick = (event: Event): void => {
    const onControl = event.target instanceof Element && event.target.closest('button, textarea');
    if (!onControl && window.getSelection()?.toString() === '') this.focus({ preventScroll: true });
  };

  #whenIdle(): Promise<void> {
    if (this.ready && !this.busy) return Promise.resolve();
    return new Promise((resolve) => {
      this.#idle.push(resolve);
    });
  }

  #scroll(): void {
    const scroll = this.renderRoot.querySelector('.scroll');
    if (scroll) scroll.scrollTop = scroll.scrollHeight;
  }

  #input(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea');
  }
}

function block(b: Block): TemplateResult {
  const text = shown(b);
  const parts = b.kind === 'out' ? pieces(text) : [];
  return html`<li class=${b.kind}>${b.kind === 'command' ? html`<span class="prompt">${b.prompt}</span>` : nothing}${parts.length > 1 ? parts.map(piece) : text}</li>`;
}

function piece({ text, lines, columns }: Piece): TemplateResult {
  return html`<span class="piece" .style=${`contain-intrinsic-size: ${columns}ch ${lines}lh`}>${text}</span>`;
}
