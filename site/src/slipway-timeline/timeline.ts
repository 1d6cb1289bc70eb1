/** Time, as something to hold: let it pass, stop it, go back in it, take a command back. */

import { html, LitElement, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { en } from '../messages/en.js';
import type { Messages } from '../messages/messages.js';
import type { History } from '../model.js';
import { ownTask } from '../own-task.js';
import { running, speeds, type Pace } from '../session/pace.js';
import { initial } from '../session/state.js';
import { nothing as noWorld, type World } from '../session/world.js';
import { base } from '../theme/base.css.js';
import { icon } from '../theme/icons.js';
import { timelineEvent } from './events.js';
import { branches, events } from './panel.js';
import { places, placeStep, toMs, toPlace } from './scale.js';
import { styles } from './timeline.css.js';
import { commandMarks, eventMarks } from './track.js';

/**
 * @summary Undo, redo and start over; play, pause and speed; a bar to scrub; events and branches.
 * @fires slipway-seek - the person looks at a moment; `detail.ms` since the session's epoch
 * @fires slipway-live - back to the present
 * @fires slipway-play - time is to pass or not, `detail.playing`, and how fast, `detail.speed`
 * @fires slipway-turn - `detail.op` is undo, redo, reset or resetStep
 * @fires slipway-step - one event back or on, `detail.by`
 * @fires slipway-changes - what is different between the moment on show and now is to be told
 * @fires slipway-fork - the moment on show is to become the present
 * @fires slipway-branch - the branch `detail.index` is to become the present
 */
export class SlipwayTimeline extends LitElement {
  static override styles = [base, styles];
  static override properties = {
    world: { attribute: false },
    history: { attribute: false },
    pace: { attribute: false },
    ready: { type: Boolean },
    machine: { type: Boolean },
    t: { attribute: false },
    panel: { state: true },
  };

  declare world: World;
  declare history: History;
  declare pace: Pace;
  /** A machine has no Events, and nothing compares two of its moments. */
  declare machine: boolean;
  declare ready: boolean;
  declare t: Messages;
  declare panel: 'events' | 'branches' | undefined;

  /** The place under the person's hand, until the engine shows that moment. */
  #held: number | undefined;
  #holding = false;
  /** The place to ask for in the next frame. */
  #asked: number | undefined;
  #frame = 0;

  constructor() {
    super();
    this.world = noWorld;
    this.history = initial.history;
    this.pace = running;
    this.ready = false;
    this.machine = false;
    this.t = en;
    this.panel = undefined;
  }

  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) await ownTask();
    await super.scheduleUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('world') && !this.#holding && this.#asked === undefined) this.#held = undefined;
  }

  override render(): TemplateResult {
    const { t, world, history, ready } = this;
    return html`<section aria-label=${t.timeline}>
      <div class="bar">
        <span class="group" role="group" aria-label=${t.history}>
          ${this.#turn('undo', t.undo, ready && history.undo)}${this.#turn('redo', t.redo, ready && history.redo)}
          <button type="button" class="btn icon" title=${t.reset} aria-label=${t.reset} ?disabled=${!ready} @click=${this.#askReset}>${icon('reset')}</button>
        </span>
        ${this.#pacing()}
        ${this.#scrub()}
        <span class="clock">${world.clock || '--:--:--'}</span>
        <button type="button" class="btn live" aria-pressed=${world.live} ?disabled=${!ready} title=${t.backToLive} @click=${this.#live}>${t.live}</button>
        <span class="group">
          ${this.machine ? nothing : this.#fold('events', t.events, world.events.length)}
          ${history.branches.length > 1 ? this.#fold('branches', t.branches, history.branches.length) : nothing}
        </span>
      </div>
      ${world.live ? nothing : html`<div class="past"><span>${t.looking}</span><button type="button" class="btn" @click=${() => this.dispatchEvent(timelineEvent('slipway-fork', undefined))}>${icon('branch')}${t.fork}</button>${this.machine
        ? nothing
        : html`<button type="button" class="btn" @click=${() => this.dispatchEvent(timelineEvent('slipway-changes', undefined))}>${t.changes}</button>`}<button type="button" class="btn" @click=${this.#live}>${t.backToLive}</button></div>`}
      ${this.#panel()}
      <dialog aria-labelledby="question">
        <p id="question">${t.resetQuestion}</p>
        <div>
          <button type="button" class="btn" @click=${this.#closeDialog}>${t.keepGoing}</button>
          <button type="button" class="btn" @click=${() => this.#reset('resetStep')}>${t.resetStep}</button>
          <button type="button" class="btn primary" @click=${() => this.#reset('reset')}>${t.reset}</button>
        </div>
      </dialog>
    </section>`;
  }

  #turn(op: 'undo' | 'redo', label: string, possible: boolean): TemplateResult {
    return html`<button type="button" class="btn icon" title=${label} aria-label=${label} ?disabled=${!possible}
      @click=${() => this.dispatchEvent(timelineEvent('slipway-turn', { op }))}>${icon(op)}</button>`;
  }

  #stepButton(by: -1 | 1, label: string): TemplateResult {
    const atBeginning = by < 0 && this.world.ms === 0;
    return html`<button type="button" class="btn icon" title=${label} aria-label=${label} ?disabled=${!this.ready || atBeginning}
      @click=${() => this.dispatchEvent(timelineEvent('slipway-step', { by }))}>${icon(by < 0 ? 'stepBack' : 'stepOn')}</button>`;
  }

  #pacing(): TemplateResult {
    const { t, pace } = this;
    const label = pace.playing ? t.pause : t.play;
    return html`<span class="group">
      <button type="button" class="btn icon" title=${label} aria-label=${label} ?disabled=${!this.ready}
        @click=${() => this.#play(!pace.playing, pace.speed)}>${icon(pace.playing ? 'pause' : 'play')}</button>
      ${this.#stepButton(-1, t.stepBack)}${this.#stepButton(1, t.stepOn)}
      <select aria-label=${t.speed} ?disabled=${!this.ready} @change=${this.#onSpeed}>
        ${speeds.map((s) => html`<option value=${s} ?selected=${s === pace.speed}>${s}×</option>`)}
      </select>
    </span>`;
  }

  #scrub(): TemplateResult {
    const { t, world, history } = this;
    const place = this.#held ?? (world.live ? places : toPlace(world.ms, world.end));
    const at = `${(place / places) * 100}%`;
    return html`<span class="scrub">
      <svg aria-hidden="true">
        <rect class="track" x="0" y="14" width="100%" height="4" rx="2" />
        <rect class="gone" x="0" y="14" width=${at} height="4" rx="2" />
        <svg viewBox="0 0 ${places} 32" preserveAspectRatio="none">
          ${eventMarks(world.events, world.end, 25).map((m) => svg`<path class="happened tone-${m.tone}" d=${m.path} />`)}
          <path class="said" d=${commandMarks(history.entries.slice(0, history.cursor), world.end, 5, 6)} />
        </svg>
      </svg>
      <input type="range" min="0" max=${places} step=${placeStep} .value=${live(String(place))} ?disabled=${!this.ready || world.end === 0}
        aria-label=${t.moment} aria-valuetext=${t.momentText(world.clock, world.live)} @input=${this.#onScrub} @change=${this.#onRelease}>
    </span>`;
  }

  #fold(name: 'events' | 'branches', label: string, count: number): TemplateResult {
    return html`<button type="button" class="btn" aria-expanded=${this.panel === name} aria-controls="panel"
      @click=${() => (this.panel = this.panel === name ? undefined : name)}>${icon(name === 'events' ? 'list' : 'branch')}${label}<span class="count">${count}</span></button>`;
  }

  #panel(): TemplateResult {
    const { panel, t } = this;
    return html`<div id="panel" class="panel" role="region" tabindex="0" aria-label=${panel ? t[panel] : t.events} ?hidden=${panel === undefined}>
      ${panel === 'events' ? events(this.world, t, (ms) => this.#seek(ms)) : nothing}
      ${panel === 'branches'
        ? branches(this.history.branches, t, (index) => this.dispatchEvent(timelineEvent('slipway-branch', { index })))
        : nothing}
    </div>`;
  }

  readonly #onScrub = (event: Event): void => {
    if (!(event.target instanceof HTMLInputElement)) return;
    this.#holding = true;
    this.#held = event.target.valueAsNumber;
    this.#asked = this.#held;
    this.requestUpdate();
    // One question a frame is enough; the last place of a frame is the one that counts.
    if (this.#frame === 0) this.#frame = requestAnimationFrame(this.#sendPlace);
  };

  readonly #sendPlace = (): void => {
    this.#frame = 0;
    const place = this.#asked;
    this.#asked = undefined;
    if (place === undefined) return;
    if (place >= places) this.#live();
    else this.#seek(toMs(place, this.world.end));
  };

  readonly #onRelease = (): void => {
    this.#holding = false;
  };

  readonly #onSpeed = (event: Event): void => {
    if (event.target instanceof HTMLSelectElement) this.#play(this.pace.playing, Number(event.target.value));
  };

  readonly #live = (): void => {
    this.dispatchEvent(timelineEvent('slipway-live', undefined));
  };

  readonly #askReset = (): void => {
    this.#dialog()?.showModal();
  };

  readonly #closeDialog = (): void => {
    this.#dialog()?.close();
  };

  #reset(op: 'reset' | 'resetStep'): void {
    this.#closeDialog();
    this.dispatchEvent(timelineEvent('slipway-turn', { op }));
  }

  #play(playing: boolean, speed: number): void {
    this.dispatchEvent(timelineEvent('slipway-play', { playing, speed }));
  }

  #seek(ms: number): void {
    this.dispatchEvent(timelineEvent('slipway-seek', { ms }));
  }

  #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }
}
