/** The playground: a lesson, a cluster, a timeline and a terminal over one session. */

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Completions } from '../model.js';
import { catalogues, choose, type Messages } from '../messages/messages.js';
import { Session } from '../session/controller.js';
import type { Notice } from '../session/state.js';
import type { SlipwayLesson } from '../slipway-lesson/lesson.js';
import type { SlipwayTerminal } from '../slipway-terminal/terminal.js';
import { base } from '../theme/base.css.js';
import { icon } from '../theme/icons.js';
import { Announcer } from './announcer.js';
import { download, pick } from './files.js';
import { isGood, noticeText, percent } from './notices.js';
import { styles } from './playground.css.js';

/**
 * @summary Holds the session and hands its parts what they show.
 * @attr lesson - the lesson's name; its files are under `/lessons/<name>/`
 * @attr lang - `en` or `vi`
 * @attr wasm-size - bytes of the engine before compression, for the progress bar
 * @slot lesson - a slipway-lesson with the lesson's article
 */
export class SlipwayPlayground extends LitElement {
  static override styles = [base, styles];
  static override properties = {
    lesson: {},
    lang: {},
    wasmSize: { type: Number, attribute: 'wasm-size' },
    said: { state: true },
  };

  declare lesson: string;
  declare wasmSize: number;
  /** What screen readers are told. */
  declare said: string;

  #session: Session | undefined;
  #notice: Notice | undefined;
  readonly #announcer = new Announcer((text) => (this.said = text));

  constructor() {
    super();
    this.lesson = '';
    this.wasmSize = 0;
    this.said = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('slipway-run', this.#onRun);
    this.addEventListener('slipway-fill', this.#onFill);
    this.#session = new Session(
      {
        lesson: this.lesson,
        scenario: () => scenario(this.lesson),
        files: { wasm: '/slipway.wasm', exec: '/wasm_exec.js', size: this.wasmSize },
        worker: () => new Worker(new URL('../engine/worker.ts', import.meta.url), { type: 'module' }),
      },
      {
        changed: () => this.#onChanged(),
        goalsMet: (ids) => this.#onGoals(ids),
        podsChanged: (texts) => this.#announcer.add(texts),
      },
    );
    void this.#session.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('slipway-run', this.#onRun);
    this.removeEventListener('slipway-fill', this.#onFill);
    this.#announcer.stop();
    this.#session?.dispose();
    this.#session = undefined;
  }

  /** Puts the cursor into the terminal. */
  focusTerminal(): void {
    this.#terminal()?.focus();
  }

  override render(): TemplateResult | typeof nothing {
    const session = this.#session;
    if (!session) return nothing;
    const { state } = session;
    const t = this.#t();
    const ready = state.phase === 'ready';
    return html`<div class="lesson">
        <slot name="lesson"></slot>
        <div class="session" role="group" aria-label=${t.sessionMenu}>
          <button type="button" class="btn" ?disabled=${!ready} @click=${this.#saveFile}>${icon('save')}${t.saveFile}</button>
          <button type="button" class="btn" ?disabled=${!ready} @click=${this.#openFile}>${icon('open')}${t.openFile}</button>
        </div>
      </div>
      <div class="work">
        <div class="notices">${state.notice ? this.#noticeBox(state.notice, t) : nothing}</div>
        ${this.#loading(session, t)}
        <slipway-cluster .world=${state.world} .t=${t}></slipway-cluster>
        <slipway-timeline .world=${state.world} .history=${state.history} .pace=${session.pace} .ready=${ready} .t=${t}
          @slipway-seek=${(e: HTMLElementEventMap['slipway-seek']) => session.seek(e.detail.ms)}
          @slipway-live=${() => session.live()}
          @slipway-play=${(e: HTMLElementEventMap['slipway-play']) => session.play(e.detail.playing, e.detail.speed)}
          @slipway-branch=${(e: HTMLElementEventMap['slipway-branch']) => session.branch(e.detail.index)}
          @slipway-turn=${this.#onTurn}></slipway-timeline>
        <slipway-terminal role="region" aria-label=${t.terminal} .transcript=${state.transcript} .commands=${state.history.entries}
          .prompt=${state.prompt} .busy=${live(state.busy)} .ready=${ready} .t=${t}
          .complete=${this.#complete}
          @slipway-line=${(e: HTMLElementEventMap['slipway-line']) => session.line(e.detail.text)}
          @slipway-interrupt=${() => session.interrupt()}
          @slipway-clear=${() => session.clear()}></slipway-terminal>
      </div>
      <div class="sr" role="status">${this.said}</div>`;
  }

  override updated(): void {
    const lesson = this.#lesson();
    if (!lesson || !this.#session) return;
    lesson.goals = this.#session.state.world.goals;
    lesson.ready = this.#session.state.phase === 'ready';
    lesson.t = this.#t();
  }

  #loading(session: Session, t: Messages): TemplateResult | typeof nothing {
    const { phase, loaded, total } = session.state;
    if (phase !== 'loading' && phase !== 'restoring') return nothing;
    const part = percent(loaded, total);
    const text = phase === 'restoring' ? t.restoring : part === undefined ? t.loading : t.loadingPart(part);
    return html`<div class="loading"><span>${text}</span>${part === undefined || phase === 'restoring'
      ? html`<progress aria-label=${t.loading}></progress>`
      : html`<progress aria-label=${t.loading} max="100" .value=${part}></progress>`}</div>`;
  }

  #noticeBox(notice: Notice, t: Messages): TemplateResult {
    const again = notice.kind === 'failed';
    return html`<div class="notice ${isGood(notice) ? 'good' : ''}"><span>${noticeText(notice, t)}</span>
      ${again
        ? html`<button type="button" class="btn" @click=${() => void this.#session?.retry()}>${t.tryAgain}</button>`
        : html`<button type="button" class="btn icon" aria-label=${t.close} @click=${() => this.#session?.notify(undefined)}>${icon('close')}</button>`}
    </div>`;
  }

  #onChanged(): void {
    this.requestUpdate();
    const notice = this.#session?.state.notice;
    if (notice && notice !== this.#notice) this.#announcer.add([noticeText(notice, this.#t())]);
    this.#notice = notice;
  }

  #onGoals(ids: readonly string[]): void {
    const t = this.#t();
    const lesson = this.#lesson();
    this.#announcer.add(ids.map((id) => t.goalAnnounced(lesson?.goalText(id) ?? id)));
  }

  readonly #onTurn = (event: HTMLElementEventMap['slipway-turn']): void => {
    const { op } = event.detail;
    const session = this.#session;
    if (!session) return;
    const t = this.#t();
    const { entries, cursor } = session.state.history;
    const note = {
      undo: t.undone(entries[cursor - 1]?.text ?? ''),
      redo: t.redone(entries[cursor]?.text ?? ''),
      reset: t.startedOver,
    }[op];
    session.turn(op, note);
    this.#announcer.add([note]);
  };

  readonly #complete = (text: string, cursor: number): Promise<Completions> =>
    this.#session?.complete(text, cursor) ?? Promise.reject(new Error('no session'));

  readonly #onRun = (event: HTMLElementEventMap['slipway-run']): void => {
    const terminal = this.#terminal();
    terminal?.scrollIntoView({ block: 'nearest' });
    void terminal?.runLines(event.detail.lines);
  };

  readonly #onFill = (event: HTMLElementEventMap['slipway-fill']): void => {
    this.#terminal()?.fill(event.detail.text);
  };

  readonly #saveFile = async (): Promise<void> => {
    try {
      download(`${this.lesson}.slipway`, (await this.#session?.save()) ?? '');
    } catch (err) {
      this.#refuse(err);
    }
  };

  readonly #openFile = async (): Promise<void> => {
    try {
      const log = await pick();
      if (log !== undefined) await this.#session?.load(log);
    } catch (err) {
      this.#refuse(err);
    }
  };

  #refuse(err: unknown): void {
    this.#session?.notify({ kind: 'refused', reason: err instanceof Error ? err.message : String(err) });
  }

  #t(): Messages {
    return catalogues[choose([this.lang])];
  }

  #lesson(): SlipwayLesson | null {
    return this.querySelector('slipway-lesson');
  }

  #terminal(): SlipwayTerminal | null {
    return this.renderRoot.querySelector('slipway-terminal');
  }
}

async function scenario(lesson: string): Promise<unknown> {
  const url = `/lessons/${lesson}/scenario.json`;
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: the server answered ${response.status}`);
  return response.json();
}
