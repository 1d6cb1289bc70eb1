/** The cluster on show. */

import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { en } from '../messages/en.js';
import { step, type Messages } from '../messages/messages.js';
import type { PodItem } from '../model.js';
import { filled, nothing, type World } from '../session/world.js';
import { base } from '../theme/base.css.js';
import { icon } from '../theme/icons.js';
import { styles } from './cluster.css.js';
import { move, stop, type Rows } from './grid.js';
import { layout, type Layout } from './layout.js';
import { animate, type Places } from './motion.js';
import { cellId, picture } from './picture.js';
import { tables } from './table.js';

/**
 * @summary Nodes and pods as a picture or as tables, with the steps of one chosen pod.
 *
 * It draws what the engine's view says and knows no rule of Kubernetes.
 */
export class SlipwayCluster extends LitElement {
  static override styles = [base, styles];
  static override properties = {
    world: { attribute: false },
    t: { attribute: false },
    view: { state: true },
    chosen: { state: true },
    width: { state: true },
  };

  declare world: World;
  declare t: Messages;
  declare view: 'picture' | 'table';
  /** Key of the pod whose steps are on show. */
  declare chosen: string;
  declare width: number;

  #stop = '';
  /** Whether the person chose the pod; if not, the newest is shown. */
  #byHand = false;
  #places: Places = new Map();
  #layout: Layout = layout(600, [], []);
  readonly #resize = new ResizeObserver(() => this.#measure());

  constructor() {
    super();
    this.world = nothing;
    this.t = en;
    this.view = 'picture';
    this.chosen = '';
    this.width = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
  }

  /** Time that passes without a change leaves the picture as it is. */
  override shouldUpdate(changed: PropertyValues<this>): boolean {
    const before = changed.get('world');
    if (changed.size > 1 || !before) return true;
    const { nodes, pods, settled } = this.world;
    return before.nodes !== nodes || before.pods !== pods || before.settled !== settled;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('world')) this.#follow(changed.get('world'));
    this.#layout = layout(Math.max(240, this.width), this.world.nodes, this.world.pods);
    this.#stop = stop(this.#rows(), this.#stop);
  }

  override render(): TemplateResult {
    const { t, world } = this;
    return html`<header>
        <h2 id="title">${t.cluster}</h2>
        <span class="rest ${world.settled ? '' : 'working'}">${world.settled ? t.settled : t.unsettled}</span>
        <div class="views" role="group" aria-label=${t.cluster}>
          ${this.#viewButton('picture', t.picture)}${this.#viewButton('table', t.table)}
        </div>
      </header>
      <span id="help" class="sr">${t.pictureHelp}</span>
      <div class="stage" tabindex=${this.view === 'table' ? 0 : -1} role="region" aria-labelledby="title"
          @keydown=${this.#onKey} @click=${this.#onClick} @focusin=${this.#onFocus}>
        ${
          this.view === 'picture'
            ? picture({ layout: this.#layout, t, stop: this.#stop, chosen: this.chosen })
            : tables(world, t)
        }
      </div>
      ${this.#details()}`;
  }

  override firstUpdated(): void {
    this.#measure();
  }

  override updated(): void {
    const places = new Map(this.#layout.rows.flatMap((r) => r.pods).map((p) => [p.pod.key, { x: p.x, y: p.y }]));
    animate(this.renderRoot, this.#places, places);
    this.#places = places;
  }

  #viewButton(view: 'picture' | 'table', text: string): TemplateResult {
    return html`<button type="button" aria-pressed=${this.view === view} @click=${() => (this.view = view)}>${text}</button>`;
  }

  #details(): TemplateResult {
    const { t } = this;
    const pod = this.#pod(this.chosen);
    if (!pod) return html`<div class="details"><p class="hint">${filled(this.world.pods).length === 0 ? t.noPods : t.selectHint}</p></div>`;
    return html`<section class="details" aria-label=${t.details}>
      <p><span class="who">${pod.name}</span><span>${pod.state}</span><span>${t.ready} ${pod.ready}</span>
        <span>${t.node} ${this.world.nodes[pod.node]?.name ?? t.none}</span><span>${t.address} ${pod.ip || t.none}</span></p>
      <ol class="steps" aria-label=${t.steps}>
        ${pod.steps.map((s) => html`<li class=${s.done ? 'done' : ''}>
          <i>${s.done ? icon('check') : ''}</i><span>${step(t, s.label)}</span><span class="sr">, ${s.done ? t.stepDone : t.stepWaiting}</span>
        </li>`)}
      </ol>
    </section>`;
  }

  /** Shows the newest pod's steps until the person has chosen one, and again when that one is gone. */
  #follow(before: World | undefined): void {
    if (this.#byHand && this.#pod(this.chosen)) return;
    this.#byHand = false;
    const old = new Set(filled(before?.pods ?? []).map(([, p]) => p.key));
    const fresh = filled(this.world.pods).filter(([, p]) => !old.has(p.key));
    const newest = fresh.at(-1)?.[1].key;
    if (newest !== undefined) this.chosen = newest;
    else if (!this.#pod(this.chosen)) this.chosen = filled(this.world.pods).at(-1)?.[1].key ?? '';
  }

  #pod(key: string): PodItem | undefined {
    return this.world.pods.find((p) => p?.key === key);
  }

  #rows(): Rows {
    return this.#layout.rows.map((r) => [r.key, ...r.pods.map((p) => p.pod.key)]);
  }

  #measure(): void {
    const stage = this.renderRoot.querySelector('.stage');
    if (stage) this.width = Math.floor(stage.clientWidth - 28);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (this.view !== 'picture') return;
    if (event.key === 'Enter' || event.key === ' ') {
      this.#choose(this.#stop);
    } else {
      const to = move(this.#rows(), this.#stop, event.key, event.ctrlKey);
      if (to === undefined) return;
      this.#stop = to;
      this.requestUpdate();
      void this.updateComplete.then(() => this.#cell(to)?.focus());
    }
    event.preventDefault();
  };

  readonly #onClick = (event: Event): void => {
    const key = keyAt(event);
    if (key !== undefined) this.#choose(key);
  };

  readonly #onFocus = (event: Event): void => {
    const key = keyAt(event);
    if (key === undefined || key === this.#stop) return;
    this.#stop = key;
    this.requestUpdate();
  };

  #choose(key: string): void {
    if (!this.#pod(key)) return;
    this.#byHand = true;
    this.#stop = key;
    this.chosen = key;
  }

  #cell(key: string): SVGElement | null {
    return this.renderRoot.querySelector<SVGElement>(`#${CSS.escape(cellId(key))}`);
  }
}

function keyAt(event: Event): string | undefined {
  const { target } = event;
  return target instanceof Element ? target.closest<SVGElement>('[data-key]')?.dataset['key'] : undefined;
}
