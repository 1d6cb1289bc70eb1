/** Labels as chips, selectors as the sets they find. */

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { LabelSet, LabelsPanel, Reason } from '../panels.js';
import { move, stop, type Rows } from '../slipway-cluster/grid.js';
import { viewEvent } from '../slipway-views/events.js';
import { PanelElement } from '../slipway-views/panel-element.js';
import { toggle, type Look } from '../slipway-views/toggle.js';
import { unitOffset } from '../wire.js';
import { styles } from './labels.css.js';
import { chipId, picture } from './picture.js';
import { layout, type Layout } from './regions.js';
import { table } from './table.js';

/**
 * @summary Pods as chips with their labels; the selectors of Services, Deployments and ReplicaSets, and one a person types, as
 * live sets; and for the pod on show why it is in a set or not.
 * @fires slipway-selector - the person typed the selector `detail.text`
 */
export class SlipwayLabels extends PanelElement<LabelsPanel> {
  static override styles = [...PanelElement.styles, styles];
  static override properties = { ...PanelElement.properties, look: { state: true }, over: { state: true }, width: { state: true } };

  declare look: Look;
  /** Place of the set somebody points at; -1 for none. */
  declare over: number;
  declare width: number;

  #stop = '';
  #layout: Layout = layout(400, [], []);
  readonly #resize = new ResizeObserver(() => this.#measure());

  constructor() {
    super();
    this.look = 'picture';
    this.over = -1;
    this.width = 400;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
  }

  override willUpdate(changed: PropertyValues): void {
    if (!this.panel || !(changed.has('panel') || changed.has('width'))) return;
    this.#layout = layout(this.width, this.panel.chips, this.panel.sets);
    this.#stop = stop(this.#rows(), this.#stop);
  }

  protected override show(panel: LabelsPanel): TemplateResult {
    const { t } = this;
    return html`<div class="top"><h2>${t.viewNames.labels}</h2>${toggle(this.look, t, t.viewNames.labels, (look) => (this.look = look))}</div>
      ${this.#typed(panel)}
      <ul class="sets" aria-label=${t.selectors}>${panel.sets.map((s, i) => this.#set(s, i))}</ul>
      ${panel.moreSets > 0 ? html`<p class="hint">${t.andMore(panel.moreSets)}</p>` : nothing}
      ${this.look === 'table'
        ? table(panel, t)
        : html`<div @keydown=${this.#onKey} @focusin=${this.#onFocus}>
            ${picture({ layout: this.#layout, sets: panel.sets, t, stop: this.#stop, object: this.object, over: this.over })}</div>`}
      ${panel.moreChips > 0 ? html`<p class="hint">${t.andMore(panel.moreChips)}</p>` : nothing}
      ${panel.reasons.length > 0 ? this.#reasons(panel) : nothing}`;
  }

  #typed({ typed }: LabelsPanel): TemplateResult {
    const { t } = this;
    const at = unitOffset(typed.text, Math.max(0, typed.at));
    const end = Math.max(at + 1, unitOffset(typed.text, Math.max(0, typed.end)));
    return html`<div class="typed">
      <label for="selector">${t.trySelector}</label>
      <input id="selector" type="text" autocomplete="off" autocapitalize="off" spellcheck="false" placeholder="app=web,env in (prod,qa)"
        .value=${live(typed.text)} aria-invalid=${typed.error !== ''} aria-describedby="wrong" @input=${this.#onInput}>
      <p id="wrong" class="wrong" role="status">${typed.error === ''
        ? nothing
        : html`${typed.at < 0 ? nothing : html`<code>${typed.text.slice(0, at)}<mark>${typed.text.slice(at, end) || '␣'}</mark>${typed.text.slice(end)}</code> `}${typed.error}`}</p>
    </div>`;
  }

  #set(s: LabelSet, i: number): TemplateResult {
    const { t } = this;
    const title = html`<i aria-hidden="true">${i + 1}</i><span>${s.key === '' ? t.yourSelector : `${s.kind} ${s.name}`}</span>
      <code>${s.selector}</code><b>${t.podCount(s.count)}</b>`;
    return html`<li @pointerenter=${() => (this.over = i)} @pointerleave=${() => (this.over = -1)}
        @focusin=${() => (this.over = i)} @focusout=${() => (this.over = -1)}>
      ${s.key === '' ? html`<span class="set">${title}</span>` : html`<button type="button" class="set obj" data-key=${s.key} data-choose>${title}</button>`}
    </li>`;
  }

  #reasons(panel: LabelsPanel): TemplateResult {
    const { t } = this;
    return html`<h3>${t.whyLabels(panel.label)}</h3>
      <ul class="reasons">${panel.reasons.map((r) => this.#reason(r, panel.sets[r.set]))}</ul>`;
  }

  #reason(r: Reason, s: LabelSet | undefined): TemplateResult {
    const { t } = this;
    return html`<li><span class=${r.matches ? 'yes' : 'no'} aria-hidden="true">${r.matches ? '✓' : '✕'}</span>
      <span><strong>${s?.key ? `${s.kind} ${s.name}` : t.yourSelector}</strong> ${r.matches ? t.finds : t.findsNot}
        <ul>${r.lines.map((l) => html`<li><span class=${l.holds ? 'yes' : 'no'} aria-hidden="true">${l.holds ? '✓' : '✕'}</span>
          <span><code>${l.want}</code> ${l.why}</span></li>`)}</ul></span>
    </li>`;
  }

  #rows(): Rows {
    return this.#layout.regions.map((r) => r.chips.map((c) => c.chip.key));
  }

  #measure(): void {
    const width = Math.max(200, Math.floor(this.clientWidth - 28));
    if (width !== this.width) this.width = width;
  }

  readonly #onInput = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) this.dispatchEvent(viewEvent('slipway-selector', { text: event.target.value }));
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ' ') {
      this.dispatchEvent(viewEvent('slipway-choose', { key: this.#stop }));
    } else {
      const to = move(this.#rows(), this.#stop, event.key, event.ctrlKey);
      if (to === undefined) return;
      this.#stop = to;
      this.requestUpdate();
      void this.updateComplete.then(() => this.renderRoot.querySelector<SVGElement>(`#${CSS.escape(chipId(to))}`)?.focus());
    }
    event.preventDefault();
  };

  readonly #onFocus = (event: Event): void => {
    const { target } = event;
    const key = target instanceof SVGElement ? target.dataset['key'] : undefined;
    if (key === undefined || key === this.#stop) return;
    this.#stop = key;
    this.requestUpdate();
  };
}
