/** What is to be reached, beside what is: the picture of the world to which the step at hand leads, and what is different. */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { en } from '../messages/en.js';
import type { Messages } from '../messages/messages.js';
import type { LabelsPanel } from '../panels.js';
import { nothing as noWorld, type World } from '../session/world.js';
import { styles as cells } from '../slipway-cluster/cluster.css.js';
import { picture } from '../slipway-cluster/picture.js';
import { styles as chips } from '../slipway-labels/labels.css.js';
import { picture as labelsPicture } from '../slipway-labels/picture.js';
import { layout as labelsLayout } from '../slipway-labels/regions.js';
import type { StepMark } from '../slipway-lesson/steps.js';
import { viewEvent } from '../slipway-views/events.js';
import { base } from '../theme/base.css.js';
import { icon } from '../theme/icons.js';
import { goalPictures, type GoalPicture } from '../wire-goal.js';
import { compare, type Difference } from './compare.js';
import { compareLabels } from './compare-labels.js';
import { dress } from './dress.js';
import { goalEvent } from './events.js';
import { styles } from './goal.css.js';
import { drawMarks, marksOn, marksOnLabels } from './marks.js';
import { small } from './small.js';
import { target, type Target } from './which.js';
import { contents, lines, type Line } from './words.js';

/** Where it stands beside the views it is open; where it is a bar above them, until somebody wants it, folded. As in `stage.css.ts`. */
const roomy = '(min-width: 1200px)';
const wide = '(min-width: 1500px)';

/**
 * @summary The goal of the step at hand as a small picture, with what is missing, too much or otherwise. It only illustrates:
 * the engine says whether a goal is met, and another world may meet it too.
 * @attr lesson - the lesson's name; `/lessons/<name>/goals.json` holds its pictures
 * @fires slipway-mark - somebody points at the object `detail.key`; empty when no longer
 * @fires slipway-choose - the object `detail.key` is to be on show
 * @fires slipway-compare - `detail.labels` tells whether the world's labels are wanted for comparison
 */
export class SlipwayGoal extends LitElement {
  static override styles = [base, cells, chips, styles];
  static override properties = {
    lesson: {},
    world: { attribute: false },
    labels: { attribute: false },
    steps: { attribute: false },
    answers: { attribute: false },
    crowded: { type: Boolean },
    t: { attribute: false },
    pictures: { state: true },
    byHand: { state: true },
    width: { state: true },
  };

  declare lesson: string;
  declare world: World;
  /** The world's labels; undefined as long as they have not come. */
  declare labels: LabelsPanel | undefined;
  declare steps: readonly StepMark[];
  declare answers: Readonly<Record<string, number>>;
  /** Another view is beside the cluster, so there is less room. */
  declare crowded: boolean;
  declare t: Messages;
  declare pictures: readonly GoalPicture[];
  /** Whether somebody opened or folded it; undefined while nobody has. */
  declare byHand: boolean | undefined;
  declare width: number;

  #compared: { readonly world: World; readonly labels: LabelsPanel | undefined; readonly goal: GoalPicture; readonly found: readonly Difference[] } | undefined;
  #wantsLabels = false;
  #at: Target | undefined;
  #goal: GoalPicture | undefined;
  readonly #resize = new ResizeObserver(() => this.#measure());
  readonly #media = [matchMedia(roomy), matchMedia(wide)];

  constructor() {
    super();
    this.lesson = '';
    this.world = noWorld;
    this.labels = undefined;
    this.steps = [];
    this.answers = {};
    this.crowded = false;
    this.t = en;
    this.pictures = [];
    this.byHand = undefined;
    this.width = 240;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize.observe(this);
    for (const m of this.#media) m.addEventListener('change', this.#onMedia);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
    for (const m of this.#media) m.removeEventListener('change', this.#onMedia);
  }

  /** Time that passes without a change leaves it as it is. */
  override shouldUpdate(changed: PropertyValues<this>): boolean {
    const before = changed.get('world');
    if (changed.size !== 1 || !before) return true;
    const { nodes, pods, services, traffic } = this.world;
    return before.nodes !== nodes || before.pods !== pods || before.services !== services || before.traffic !== traffic;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('lesson')) void this.#load();
    this.#at = target(this.steps, this.answers);
    this.#goal = this.pictures.find((p) => p.step === this.#at?.step.id);
  }

  override render(): TemplateResult | typeof nothing {
    const { t } = this;
    const at = this.#at;
    const goal = this.#goal;
    if (!at || !goal) return nothing;
    const open = this.#isOpen();
    const title = t.goalOf(at.number, at.step.title);
    return html`<section aria-labelledby="title">
      <h2><button type="button" id="title" class="bar" aria-expanded=${open} aria-controls="body"
          @click=${() => (this.byHand = !open)}>
        <span class="word">${t.goal}</span> <span class="of">${title}</span>
        ${open || at.asks || this.#waits(goal) ? nothing : html`<span class="count">${t.goalCount(this.#compare(goal).length)}</span>`}${icon('down')}</button></h2>
      <div id="body" class="body" ?hidden=${!open}>${open ? this.#body(at, goal) : nothing}</div>
    </section>`;
  }

  override updated(): void {
    // Nothing to show takes no room.
    this.hidden = this.renderRoot.querySelector('section') === null;
    const labels = this.#goal?.labels !== undefined && this.#at?.asks === false;
    if (labels === this.#wantsLabels) return;
    this.#wantsLabels = labels;
    this.dispatchEvent(goalEvent('slipway-compare', { labels }));
  }

  #body(at: Target, goal: GoalPicture): TemplateResult {
    const { t } = this;
    if (at.asks) return html`<p class="note">${t.goalAsks(at.number)}</p>`;
    const found = this.#compare(goal);
    const { lines: list, more } = lines(found, t);
    return html`${this.#drawing(goal, found)}
      <div class="sr"><p>${t.goalContents}</p><ul>${contents(goal).map((text) => html`<li>${text}</li>`)}</ul></div>
      ${this.#waits(goal) ? nothing : list.length === 0
        ? html`<p class="note">${t.goalSame}</p>`
        : html`<p class="note">${t.goalDiffers}</p><ul class="lines">${list.map((l) => this.#line(l))}</ul>`}
      ${more > 0 ? html`<p class="note">${t.andMore(more)}</p>` : nothing}`;
  }

  #drawing(goal: GoalPicture, found: readonly Difference[]): TemplateResult {
    const { t, width } = this;
    if (goal.labels) {
      const sets = goal.labels.sets;
      const places = labelsLayout(width, goal.labels.chips.map((c) => ({ ...c, name: goal.stems.get(c.key) ?? c.name })), sets);
      return html`<div class="drawing" aria-hidden="true" inert>${labelsPicture({ layout: places, sets, t, stop: '', object: '', over: -1 })}
        ${drawMarks(places.width, places.height, marksOnLabels(places, found))}</div>`;
    }
    const places = small(width, dress(goal, this.world));
    return html`<div class="drawing" aria-hidden="true" inert>${picture({ layout: places, rows: places.rows, flows: [], t, stop: '', chosen: '' })}
      ${drawMarks(places.width, places.height, marksOn(places, found))}</div>`;
  }

  #line(l: Line): TemplateResult {
    const point = (key: string): void => void this.dispatchEvent(viewEvent('slipway-mark', { key }));
    return html`<li class=${l.kind}><span class="sign" aria-hidden="true">${l.sign}</span>${l.key === ''
      ? html`<span>${l.text}</span>`
      : html`<button type="button" @click=${() => this.dispatchEvent(viewEvent('slipway-choose', { key: l.key }))}
          @pointerenter=${() => point(l.key)} @pointerleave=${() => point('')} @focus=${() => point(l.key)} @blur=${() => point('')}>${l.text}</button>`}</li>`;
  }

  #compare(goal: GoalPicture): readonly Difference[] {
    const { world, labels } = this;
    const last = this.#compared;
    if (last?.world === world && last.labels === labels && last.goal === goal) return last.found;
    const found = !goal.labels ? compare(goal, world) : labels ? compareLabels(goal.labels, goal.stems, labels) : [];
    this.#compared = { world, labels, goal, found };
    return found;
  }

  /** The labels to compare with have not come. */
  #waits(goal: GoalPicture): boolean {
    return goal.labels !== undefined && this.labels === undefined;
  }

  #isOpen(): boolean {
    const [enough, plenty] = this.#media.map((m) => m.matches);
    return this.byHand ?? (enough === true && (!this.crowded || plenty === true));
  }

  async #load(): Promise<void> {
    const url = `/lessons/${this.lesson}/goals.json`;
    try {
      const response = await fetch(url);
      if (response.ok) this.pictures = goalPictures(await response.json());
    } catch {
      this.pictures = []; // offline, or made by another version: the lesson goes on without pictures
    }
  }

  #measure(): void {
    const width = Math.max(160, Math.floor(this.clientWidth - 24));
    if (this.clientWidth > 0 && width !== this.width) this.width = width;
  }

  readonly #onMedia = (): void => this.requestUpdate();
}
