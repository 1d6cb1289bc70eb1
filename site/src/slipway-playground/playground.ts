/** The playground: a lesson, a cluster, a timeline and a terminal over one session. */

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Completions } from '../model.js';
import { catalogues, choose, type Messages } from '../messages/messages.js';
import { Session } from '../session/controller.js';
import { isShared } from '../session/share.js';
import type { Notice } from '../session/state.js';
import type { EngineClient } from '../engine/client.js';
import type { Desk } from '../slipway-editor/desk.js';
import { editLine, type EditRequest } from '../slipway-editor/object.js';
import type { SlipwayLesson } from '../slipway-lesson/lesson.js';
import type { SlipwayTerminal } from '../slipway-terminal/terminal.js';
import { base } from '../theme/base.css.js';
import { icon } from '../theme/icons.js';
import { Announcer } from './announcer.js';
import { copy, download, pick } from './files.js';
import { playgroundEvent } from './events.js';
import { banner, isGood, noticeText, percent } from './notices.js';
import { styles } from './playground.css.js';

/**
 * @summary Holds the session and hands its parts what they show.
 * @attr lesson - the lesson's name; its files are under `/lessons/<name>/`
 * @attr lang - `en` or `vi`
 * @attr engine - the engine's file
 * @attr machine - the lesson is about a machine, and not about a cluster
 * @attr wasm-size - bytes of the engine before compression, for the progress bar
 * @slot lesson - a slipway-lesson with the lesson's article
 * @fires slipway-ready - the terminal takes lines
 * @fires slipway-progress - `detail.met` of `detail.of` goals are met
 * @fires slipway-goal - the goal `detail.id`, in words `detail.text`, was just met
 */
export class SlipwayPlayground extends LitElement {
  static override styles = [base, styles];
  static override properties = {
    lesson: {},
    lang: {},
    engine: {},
    machine: { type: Boolean },
    wasmSize: { type: Number, attribute: 'wasm-size' },
    said: { state: true },
    chaos: { state: true },
    newVersion: { attribute: false },
    edit: { state: true },
  };

  declare lesson: string;
  declare engine: string;
  declare machine: boolean;
  declare wasmSize: number;
  /** What screen readers are told. */
  declare said: string;
  /** The palette that breaks things is open. */
  declare chaos: boolean;
  /** Loads the new version of the page, if there is one. */
  declare newVersion: (() => void) | undefined;

  /** What is to be edited next. */
  declare edit: EditRequest | undefined;

  #session: Session | undefined;
  #notice: Notice | undefined;
  #typedEdit = false;
  #told = '';
  readonly #announcer = new Announcer((text) => (this.said = text));

  constructor() {
    super();
    this.lesson = '';
    this.engine = '';
    this.machine = false;
    this.wasmSize = 0;
    this.said = '';
    this.chaos = false;
    this.newVersion = undefined;
    this.edit = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('slipway-run', this.#onRun);
    this.addEventListener('slipway-fill', this.#onFill);
    this.addEventListener('slipway-take-back', this.#onTakeBack);
    this.addEventListener('slipway-answer', this.#onAnswer);
    this.addEventListener('slipway-jump', this.#onJump);
    window.addEventListener('hashchange', this.#onHash);
    this.#session = new Session(
      {
        lesson: this.lesson,
        hash: location.hash,
        scenario: () => scenario(this.lesson),
        files: { wasm: this.engine, exec: '/wasm_exec.js', size: this.wasmSize },
        worker: () => new Worker(new URL('../engine/worker.ts', import.meta.url), { type: 'module' }),
      },
      {
        changed: () => this.#onChanged(),
        goalsMet: (ids) => this.#onGoals(ids),
        edit: (line, text) => this.#onEdit(line, text),
        podsChanged: (texts) => this.#announcer.add(texts),
      },
    );
    void this.#session.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('slipway-run', this.#onRun);
    this.removeEventListener('slipway-fill', this.#onFill);
    this.removeEventListener('slipway-take-back', this.#onTakeBack);
    this.removeEventListener('slipway-answer', this.#onAnswer);
    this.removeEventListener('slipway-jump', this.#onJump);
    window.removeEventListener('hashchange', this.#onHash);
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
    return html`<div class="lesson" @scroll=${() => this.#lesson()?.look()}>
        <slot name="lesson"></slot>
        <div class="session" role="group" aria-label=${t.sessionMenu}>
          <button type="button" class="btn" ?disabled=${!ready} @click=${this.#saveFile}>${icon('save')}${t.saveFile}</button>
          <button type="button" class="btn" ?disabled=${!ready} @click=${this.#openFile}>${icon('open')}${t.openFile}</button>
          <button type="button" class="btn" ?disabled=${!ready} @click=${this.#share}>${icon('link')}${t.share}</button>
        </div>
      </div>
      <div class="work ${this.chaos ? 'breaking' : ''}" tabindex="-1">
        <div class="jump"><button type="button" class="btn" @click=${() => this.#lesson()?.resume()}>${icon('up')}${t.backToText}</button></div>
        <div class="notices">${this.#banner(session, t)}${state.notice ? this.#noticeBox(state.notice, t) : nothing}</div>
        ${this.#loading(session, t)}
        <slipway-stage .world=${state.world} .panels=${state.panels} .t=${t} .name=${this.lesson} ?machine=${this.machine} .ready=${ready} .lesson=${this.#lesson() ?? undefined}
          .answers=${this.#lesson()?.answers ?? {}}
          .work=${{ desk: this.#desk, transcript: state.transcript, busy: state.busy, edit: this.edit }}
          @slipway-edit=${(e: HTMLElementEventMap['slipway-edit']) => session.line(editLine(e.detail.key), true)}
          @slipway-edited=${this.#onEdited}
          @slipway-said=${(e: HTMLElementEventMap['slipway-said']) => session.say('err', e.detail.text)}
          @slipway-command=${(e: HTMLElementEventMap['slipway-command']) => session.line(e.detail.text, true)}
          @slipway-panels=${(e: HTMLElementEventMap['slipway-panels']) => session.panels(e.detail.names, e.detail.object, e.detail.selector)}></slipway-stage>
        <slipway-timeline .world=${state.world} .history=${state.history} .pace=${session.time.pace} .ready=${ready} ?machine=${this.machine} .t=${t}
          @slipway-seek=${(e: HTMLElementEventMap['slipway-seek']) => session.time.seek(e.detail.ms)}
          @slipway-live=${() => session.time.live()}
          @slipway-play=${(e: HTMLElementEventMap['slipway-play']) => session.time.play(e.detail.playing, e.detail.speed)}
          @slipway-branch=${(e: HTMLElementEventMap['slipway-branch']) => session.time.branch(e.detail.index)}
          @slipway-step=${(e: HTMLElementEventMap['slipway-step']) => session.time.step(e.detail.by)}
          @slipway-fork=${() => session.line('fork')}
          @slipway-changes=${this.#onChanges}
          @slipway-turn=${this.#onTurn}></slipway-timeline>
        <slipway-terminal role="region" aria-label=${t.terminal} .transcript=${state.transcript} .commands=${state.history.entries}
          .prompt=${state.prompt} .busy=${live(state.busy)} .ready=${ready} ?machine=${this.machine} .t=${t}
          .complete=${this.#complete}
          @slipway-line=${(e: HTMLElementEventMap['slipway-line']) => session.line(e.detail.text, e.detail.aside)}
          @slipway-interrupt=${() => session.interrupt()}
          @slipway-end=${() => session.end()}
          @slipway-clear=${() => session.clear()}>
          ${this.machine ? nothing : html`<button slot="tools" type="button" class="btn tool" aria-expanded=${this.chaos} aria-controls="chaos" @click=${() => (this.chaos = !this.chaos)}>${icon('bolt')}${t.chaos}</button>`}
        </slipway-terminal>
        ${this.machine ? nothing : html`<slipway-chaos id="chaos" ?hidden=${!this.chaos} .rev=${this.chaos ? state.world.rev : 0} .ready=${this.chaos && ready} .complete=${this.#completeAside} .t=${t}
          @slipway-type=${this.#onType} @close=${() => (this.chaos = false)}></slipway-chaos>`}
      </div>
      <div class="sr" role="status">${this.said}</div>`;
  }

  override updated(): void {
    const lesson = this.#lesson();
    if (!lesson || !this.#session) return;
    lesson.goals = this.#session.state.world.goals;
    lesson.history = this.#session.state.history;
    lesson.ready = this.#session.state.phase === 'ready';
    lesson.machine = this.machine;
    lesson.t = this.#t();
    this.#tell();
  }

  /** Tells the page, and who embeds it, how far the lesson is. */
  #tell(): void {
    const session = this.#session;
    if (session?.state.phase !== 'ready') return;
    if (this.#told === '') this.dispatchEvent(playgroundEvent('slipway-ready', undefined));
    const { goals } = session.state.world;
    const met = goals.filter((g) => g.met).length;
    const now = `${met}/${goals.length}`;
    if (now === this.#told) return;
    this.#told = now;
    this.dispatchEvent(playgroundEvent('slipway-progress', { met, of: goals.length }));
  }

  override firstUpdated(): void {
    const lesson = this.#lesson();
    if (lesson && this.#session) lesson.answers = this.#session.keeper.answers();
  }

  /** What stays on show as long as it is so: that nothing is kept here, or that there is a new version. */
  #banner(session: Session, t: Messages): TemplateResult | typeof nothing {
    const { keeping } = session.state;
    const load = this.newVersion;
    if (keeping === 'guest') return banner(t.guest, [[t.adopt, () => this.#stay(() => void session.keeper.own())], [t.leave, () => this.#stay(() => void session.leave())]]);
    if (keeping === 'elsewhere') return banner(t.elsewhere, [[t.takeOver, () => void session.keeper.own(true)]]);
    return load ? banner(t.newVersion, [[t.reload, load]]) : nothing;
  }

  /** The session of the address was decided upon: it leaves the address, so that a reload does not ask again. */
  #stay(then: () => void): void {
    history.replaceState(null, '', location.pathname + location.search);
    then();
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
    for (const id of ids) {
      const text = lesson?.goalText(id) ?? id;
      this.#announcer.add([t.goalAnnounced(text)]);
      this.dispatchEvent(playgroundEvent('slipway-goal', { id, text }));
    }
  }

  readonly #onTurn = (event: HTMLElementEventMap['slipway-turn']): void => {
    const { op } = event.detail;
    const session = this.#session;
    if (!session) return;
    const t = this.#t();
    const { entries, cursor, undoes } = session.state.history;
    const note = {
      undo: t.undone(undoes),
      redo: t.redone(entries[cursor]?.text ?? ''),
      reset: t.startedOver,
      resetStep: t.stepStartedOver,
    }[op];
    session.time.turn(op, note);
    this.#announcer.add([note]);
  };

  /** Without a moment it compares the one on show with now. */
  readonly #onChanges = (): void => {
    void this.#terminal()?.runLines(['compare']);
  };

  readonly #onJump = (): void => {
    const work = this.renderRoot.querySelector<HTMLElement>('.work');
    work?.scrollIntoView();
    work?.focus({ preventScroll: true });
  };

  readonly #complete = (text: string, cursor: number): Promise<Completions> =>
    this.#session?.complete(text, cursor) ?? Promise.reject(new Error('no session'));

  readonly #completeAside = (text: string, cursor: number): Promise<Completions> =>
    this.#session?.complete(text, cursor, true) ?? Promise.reject(new Error('no session'));

  readonly #desk: Desk = {
    explain: async (kind, names) => this.#engine().explain(kind, names),
    check: async (text) => this.#engine().check(text),
    diff: async (text) => this.#engine().diff(text),
  };

  #engine(): EngineClient {
    if (!this.#session) throw new Error('no session');
    return this.#session.engine;
  }

  /** Opens the editor; whoever came to it from the terminal gets back there. */
  #onEdit(line: string, text: string): void {
    this.edit = { line, text };
    this.#typedEdit = this.#terminal()?.matches(':focus-within') ?? false;
  }

  readonly #onEdited = (): void => {
    if (this.#typedEdit) this.focusTerminal();
    this.#typedEdit = false;
  };

  readonly #onRun = (event: HTMLElementEventMap['slipway-run']): void => {
    const terminal = this.#terminal();
    terminal?.scrollIntoView({ block: 'nearest' });
    void terminal?.runLines(event.detail.lines);
  };

  readonly #onType = (event: HTMLElementEventMap['slipway-type']): void => {
    void this.#terminal()?.runLines([event.detail.line], true);
  };

  readonly #onTakeBack = (event: HTMLElementEventMap['slipway-take-back']): void => {
    const note = this.#t().tookBack;
    this.#session?.time.takeBack(event.detail.count, note);
    this.#announcer.add([note]);
  };

  readonly #onAnswer = (event: HTMLElementEventMap['slipway-answer']): void => {
    const { step, choice, right } = event.detail;
    this.#session?.keeper.answered(step, choice);
    this.#announcer.add([right ? this.#t().predictRight : this.#t().predictWrong]);
  };

  /** A link to a session, pasted into the address of this very page. */
  readonly #onHash = (): void => {
    if (isShared(location.hash)) location.reload();
  };

  readonly #share = async (): Promise<void> => {
    try {
      const hash = await this.#session?.share();
      if (hash === undefined) {
        this.#session?.notify({ kind: 'tooLong' });
        return;
      }
      // In a frame the link leads to the lesson's own page.
      const path = location.pathname.replace(/^\/embed\//, '/lessons/');
      await copy(new URL(path + hash, location.href).href);
      this.#session?.notify({ kind: 'copied' });
    } catch (err) {
      this.#refuse(err);
    }
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
