/** What is, and beside it what is to be: the views of the cluster, and the goal of the step at hand. */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { en } from '../messages/en.js';
import type { Messages } from '../messages/messages.js';
import type { PanelName, Panels } from '../panels.js';
import { nothing as noWorld, type World } from '../session/world.js';
import type { SlipwayLesson } from '../slipway-lesson/lesson.js';
import { stepsOf, type StepMark } from '../slipway-lesson/steps.js';
import { viewEvent } from '../slipway-views/events.js';
import type { SlipwayViews, Work } from '../slipway-views/views.js';
import { base } from '../theme/base.css.js';
import { styles } from './stage.css.js';

/**
 * @summary The views of the cluster or of the machine, and the goal's picture, whose code comes once the engine is ready: the lesson works without it.
 * @fires slipway-panels - other views are on show than before, or about something else, or the goal is compared with another one
 */
export class SlipwayStage extends LitElement {
  static override styles = [base, styles];
  static override properties = {
    world: { attribute: false },
    panels: { attribute: false },
    lesson: { attribute: false },
    answers: { attribute: false },
    work: { attribute: false },
    name: {},
    machine: { type: Boolean },
    ready: { type: Boolean },
    t: { attribute: false },
    loaded: { state: true },
    beside: { state: true },
  };

  declare world: World;
  declare panels: Panels;
  /** The lesson's text. */
  declare lesson: SlipwayLesson | undefined;
  /** Predictions made, by step. */
  declare answers: Readonly<Record<string, number>>;
  /** What the editor needs. */
  declare work: Work | undefined;
  /** The lesson's name. */
  declare name: string;
  /** The lesson is about a machine: its views stand here. */
  declare machine: boolean;
  declare ready: boolean;
  declare t: Messages;
  /** The code of the goal's picture, or of the machine's views, has come. */
  declare loaded: boolean;
  /** The views beside the cluster, and what they are about. */
  declare beside: HTMLElementEventMap['slipway-panels']['detail'];

  #asked = false;
  #labels = false;
  #steps: readonly StepMark[] = [];

  constructor() {
    super();
    this.world = noWorld;
    this.panels = {};
    this.lesson = undefined;
    this.answers = {};
    this.work = undefined;
    this.name = '';
    this.machine = false;
    this.ready = false;
    this.t = en;
    this.loaded = false;
    this.beside = { names: [], object: '', selector: '', open: false };
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (this.ready && !this.#asked) void this.#load();
    const { goals } = this.world;
    if (this.lesson && (changed.has('lesson') || changed.has('t') || changed.get('world')?.goals !== goals)) this.#steps = stepsOf(this.lesson, goals);
  }

  override render(): TemplateResult {
    const { world, panels, t } = this;
    if (this.machine) return this.#machine();
    const crowded = this.beside.open;
    return html`<div class="stage ${crowded ? 'two' : ''}">
      <slipway-views .world=${world} .panels=${panels} .work=${this.work} .lesson=${this.name} .ready=${this.ready} .t=${t} @slipway-panels=${this.#onPanels}></slipway-views>
      ${this.loaded
        ? html`<slipway-goal .lesson=${this.name} .world=${world} .labels=${panels.labels} .answers=${this.answers} .steps=${this.#steps}
            ?crowded=${crowded} .t=${t} @slipway-compare=${this.#onCompare} @slipway-mark=${this.#onMark} @slipway-choose=${this.#onChoose}></slipway-goal>`
        : nothing}
    </div>`;
  }

  #machine(): TemplateResult {
    const { loaded, world, t } = this;
    return html`<div class="stage">${loaded ? html`<slipway-machine .world=${world} .t=${t}></slipway-machine>` : nothing}</div>`;
  }

  async #load(): Promise<void> {
    this.#asked = true;
    try {
      await (this.machine ? import('../slipway-machine/define.js') : import('../slipway-goal/define.js'));
      this.loaded = true;
    } catch {
      this.#asked = false; // offline, most likely: asked again when something changes
    }
  }

  readonly #onPanels = (event: HTMLElementEventMap['slipway-panels']): void => {
    event.stopPropagation();
    this.beside = event.detail;
    this.#ask();
  };

  readonly #onCompare = (event: HTMLElementEventMap['slipway-compare']): void => {
    this.#labels = event.detail.labels;
    this.#ask();
  };

  /** Tells which panels are wanted: those on show, and the one the goal's picture is compared with. */
  #ask(): void {
    const { names, object, selector, open } = this.beside;
    const more: readonly PanelName[] = this.#labels && !names.includes('labels') ? ['labels'] : [];
    this.dispatchEvent(viewEvent('slipway-panels', { names: [...names, ...more], object, selector, open }));
  }

  readonly #onMark = (event: HTMLElementEventMap['slipway-mark']): void => {
    const views = this.#views();
    if (views) views.marked = event.detail.key;
  };

  readonly #onChoose = (event: HTMLElementEventMap['slipway-choose']): void => {
    const views = this.#views();
    if (views) views.choice = { key: event.detail.key, byHand: true };
  };

  #views(): SlipwayViews | null {
    return this.renderRoot.querySelector('slipway-views');
  }
}
