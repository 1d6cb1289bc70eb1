/** The cluster on show. */

import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { en } from '../messages/en.js';
import { step, type Messages } from '../messages/messages.js';
import type { PodItem } from '../model.js';
import { ownTask } from '../own-task.js';
import { filled, nothing, type World } from '../session/world.js';
import { base } from '../theme/base.css.js';
import { icon } from '../theme/icons.js';
import { keyAt, viewEvent } from '../slipway-views/events.js';
import { showMark } from '../slipway-views/marks.js';
import { styles } from './cluster.css.js';
import { move, stop, type Rows } from './grid.js';
import { catchUp, caughtUp, type Shown } from './catch-up.js';
import { flows } from './flows.js';
import { drawnRows, layout, pendingKey, type Layout, type Span } from './layout.js';
import { animate, type Places } from './motion.js';
import { cellId, picture } from './picture.js';
import { tables } from './table.js';

/**
 * @summary Nodes and pods as a picture or as tables, with the steps of one chosen pod.
 *
 * It draws what the engine's view says and knows no rule of Kubernetes.
 * @fires slipway-mark - somebody points at the object `detail.key`; empty when no longer
 * @fires slipway-choose - the object `detail.key` is to be on show
 */
export class SlipwayCluster extends LitElement {
  static override styles = [base, styles];
  static override properties = {
    world: { attribute: false },
    t: { attribute: false },
    view: { state: true },
    chosen: { attribute: false },
    marked: { attribute: false },
    bare: { type: Boolean },
    width: { state: true },
  };

  declare world: World;
  declare t: Messages;
  declare view: 'picture' | 'table';
  /** Key of the object on show; of a pod the steps are shown. */
  declare chosen: string;
  /** Key of the object somebody points at, in whatever view. */
  declare marked: string;
  /** Without the steps of the chosen pod: another view is beside. */
  declare bare: boolean;
  declare width: number;

  #stop = '';
  #pointed = '';
  #shown: Shown = nothing;
  #services = nothing.services;
  #frame = 0;
  #on: Span = { top: 0, bottom: 2000 };
  #places: Places = new Map();
  #layout: Layout = layout(600, [], []);
  readonly #resize = new ResizeObserver(() => this.#measure());

  constructor() {
    super();
    this.world = nothing;
    this.t = en;
    this.view = 'picture';
    this.chosen = '';
    this.marked = '';
    this.bare = false;
    this.width = 0;
  }

  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) await ownTask();
    await super.scheduleUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize.observe(this);
    window.addEventListener('scroll', this.#look, { passive: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
    window.removeEventListener('scroll', this.#look);
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  /** Time that passes without a change leaves the picture as it is. */
  override shouldUpdate(changed: PropertyValues<this>): boolean {
    const before = changed.get('world');
    if (changed.has('marked')) this.#mark(changed.get('marked') ?? '');
    const others = changed.size - (changed.has('world') ? 1 : 0) - (changed.has('marked') ? 1 : 0);
    if (changed.size === 0) return true; // the rest of a crowd
    if (others > 0 || !before) return others > 0 || changed.has('world');
    const { nodes, pods, services, traffic, settled } = this.world;
    return before.nodes !== nodes || before.pods !== pods || before.settled !== settled || before.services !== services || before.traffic !== traffic;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const { services } = this.world;
    const shown = catchUp(this.#shown, this.world);
    if (changed.has('width') || shown !== this.#shown || this.#services !== services) {
      this.#layout = layout(Math.max(240, this.width), shown.nodes, shown.pods, services, this.#layout);
    }
    this.#shown = shown;
    this.#services = services;
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
          @scroll=${this.#look} @keydown=${this.#onKey} @click=${this.#onClick} @focusin=${this.#onFocus}
          @focusout=${() => this.#point('')} @pointerover=${this.#onPointer} @pointerleave=${() => this.#point('')}>
        ${
          this.view === 'picture'
            ? picture({ layout: this.#layout, rows: drawnRows(this.#layout, this.#on, this.#stop), flows: flows(this.#layout, world.traffic), t, stop: this.#stop, chosen: this.chosen })
            : tables(world, t)
        }
      </div>
      ${this.bare ? '' : this.#details()}`;
  }

  override updated(): void {
    // A crowd does not glide: hundreds of motions at once help nobody to see what moved, and cost frames.
    const places: Places = this.#layout.density === 'dot' ? new Map() : placesOf(this.#layout);
    animate(this.renderRoot, this.#places, places);
    this.#places = places;
    this.#mark('');
    if (this.#on.bottom - this.#on.top >= 2000) this.#look();
    if (this.#frame === 0 && !caughtUp(this.#shown, this.world)) this.#frame = requestAnimationFrame(this.#drawRest);
  }

  readonly #drawRest = (): void => {
    this.#frame = 0;
    this.requestUpdate();
  };

  #mark(before: string): void {
    showMark(this.renderRoot, before, this.marked);
  }

  #point(key: string): void {
    if (key !== this.#pointed) this.dispatchEvent(viewEvent('slipway-mark', { key }));
    this.#pointed = key;
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

  #pod(key: string): PodItem | undefined {
    return this.world.pods.find((p) => p?.key === key);
  }

  #rows(): Rows {
    const [pending, ...nodes] = this.#layout.rows.map((r) => [r.key, ...r.pods.map((p) => p.pod.key)]);
    const services = this.#layout.services.map((p) => p.service.key);
    return [...(pending ? [pending] : []), ...(services.length > 0 ? [services] : []), ...nodes];
  }

  /** Notes which part of the picture is on screen, with half a screen around it. */
  readonly #look = (): void => {
    if (this.#layout.density !== 'dot') return;
    const stage = this.renderRoot.querySelector('.stage')?.getBoundingClientRect();
    const top = this.renderRoot.querySelector('svg.picture')?.getBoundingClientRect().top;
    if (!stage || top === undefined) return;
    const from = Math.max(stage.top, 0) - top;
    const to = Math.min(stage.bottom, innerHeight) - top;
    const around = Math.max(100, (to - from) / 2);
    if (from >= this.#on.top && to <= this.#on.bottom && this.#on.bottom - this.#on.top < 4 * around + 200) return;
    this.#on = { top: from - around, bottom: to + around };
    this.requestUpdate();
  };

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
    this.#point(key ?? '');
    if (key === undefined || key === this.#stop) return;
    this.#stop = key;
    this.requestUpdate();
  };

  readonly #onPointer = (event: Event): void => {
    this.#point(keyAt(event) ?? '');
  };

  #choose(key: string): void {
    if (key === pendingKey) return;
    this.#stop = key;
    this.chosen = key;
    this.dispatchEvent(viewEvent('slipway-choose', { key }));
  }

  #cell(key: string): SVGElement | null {
    return this.renderRoot.querySelector<SVGElement>(`#${CSS.escape(cellId(key))}`);
  }
}

function placesOf(l: Layout): Places {
  return new Map(l.rows.flatMap((row) => row.pods.map((p) => [p.pod.key, { x: p.x, y: p.y, row }] as const)));
}
