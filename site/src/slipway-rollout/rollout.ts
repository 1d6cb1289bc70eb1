/** One Deployment's ReplicaSets over time. */

import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Rollout, RolloutPanel } from '../panels.js';
import { since } from '../slipway-timeline/scale.js';
import { PanelElement } from '../slipway-views/panel-element.js';
import { toggle, type Look } from '../slipway-views/toggle.js';
import { chart, losses, margin, type Chart } from './chart.js';
import { styles } from './rollout.css.js';

/** So many patterns there are; sets beyond take the first ones again. */
const patterns = 4;
const height = 210;

/**
 * @summary A rollout as areas over time: the pods of each ReplicaSet, how many there may be beyond those wanted (surge), how
 * many may be missing (unavailable), how many were available at least, and which requests were lost.
 */
export class SlipwayRollout extends PanelElement<RolloutPanel> {
  static override styles = [...PanelElement.styles, styles];
  static override properties = { ...PanelElement.properties, look: { state: true }, width: { state: true } };

  declare look: Look;
  declare width: number;

  readonly #resize = new ResizeObserver(() => {
    this.width = Math.max(220, Math.floor(this.clientWidth - 28));
  });

  constructor() {
    super();
    this.look = 'picture';
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

  protected override show({ rollout: r }: RolloutPanel): TemplateResult {
    const { t } = this;
    if (!r) return html`<h2>${t.viewNames.rollout}</h2><p class="hint">${t.noDeployment}</p>`;
    const lost = losses(r.points).reduce((n, l) => n + l.count, 0);
    const requests = (r.points.at(-1)?.ended ?? 0) - (r.points[0]?.ended ?? 0);
    return html`<div class="top">
        <h2><button type="button" class="obj" data-key=${r.key} data-choose>deployment/${r.label}</button></h2>
        <span>${t.rolloutState(r.updated, r.available, r.wanted)}${r.paused ? html` · <strong>${t.paused}</strong>` : nothing}</span>
        ${toggle(this.look, t, t.viewNames.rollout, (look) => (this.look = look))}
      </div>
      ${this.look === 'picture' ? this.#picture(r) : this.#moments(r)}
      ${this.#sets(r)}
      <p>${requests > 0 ? t.lostRequests(lost, requests) : t.noRequests}</p>`;
  }

  #picture(r: Rollout): TemplateResult {
    const { t } = this;
    const c = chart(r, { width: this.width, height });
    const label = `${t.rolloutState(r.updated, r.available, r.wanted)}. ${t.limits(r.most, r.least)}`;
    return html`<svg class="chart" role="img" aria-label=${label} width=${this.width} height=${height} viewBox="0 0 ${this.width} ${height}">
        ${fills}
        ${c.ticks.map((k) => svg`<line class="grid" x1=${margin.left} x2=${this.width - margin.right} y1=${k.y} y2=${k.y} />
          <text x=${margin.left - 6} y=${k.y + 4} text-anchor="end">${k.value}</text>`)}
        ${c.layers.map((l, i) => svg`<path class="layer set-${i % patterns}" data-key=${l.key} d=${l.path} />
          <path class="weave" fill="url(#weave-${i % patterns})" d=${l.path} />`)}
        <path class="surge" d=${c.surge} /><path class="unavailable" d=${c.unavailable} />
        <path class="wanted" d=${c.wanted} /><path class="available" d=${c.available} />
        ${this.#axis(r, c)}
      </svg>
      <ul class="legend" aria-hidden="true">
        <li><i class="l-wanted"></i>${t.wantedLine}</li><li><i class="l-available"></i>${t.availableLine}</li>
        <li><i class="l-surge"></i>${t.surgeBand(r.most)}</li><li><i class="l-unavailable"></i>${t.unavailableBand(r.least)}</li>
        ${c.lost.length > 0 ? html`<li><i class="l-lost">✕</i>${t.lostMark}</li>` : nothing}
      </ul>`;
  }

  #axis(r: Rollout, c: Chart): TemplateResult {
    const y = height - 6;
    const floor = height - margin.bottom;
    return svg`${c.lost.map((l) => svg`<path class="lost" d="M${l.x - 4} ${floor - 12}l8 8m0 -8l-8 8" />`)}
      <line class="floor" x1=${margin.left} x2=${this.width - margin.right} y1=${floor} y2=${floor} />
      <text x=${margin.left} y=${y}>${since(r.from)}</text>
      <text x=${this.width - margin.right} y=${y} text-anchor="end">${since(r.to)}</text>`;
  }

  #sets(r: Rollout): TemplateResult {
    const { t } = this;
    return html`<div class="scroll" role="region" tabindex="0" aria-label=${t.replicaSets}><table>
      <thead><tr><th scope="col">${t.replicaSets}</th><th scope="col">${t.revision}</th><th scope="col">${t.image}</th>
        <th scope="col" class="num">${t.replicas}</th><th scope="col" class="num">${t.available}</th></tr></thead>
      <tbody>${r.sets.map((s, i) => html`<tr data-key=${s.key}>
        <td><svg class="swatch" width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">${fills}<rect class="layer set-${i % patterns}" width="16" height="16" rx="4" />
          <rect fill="url(#weave-${i % patterns})" width="16" height="16" rx="4" /></svg>
          <button type="button" class="obj" data-key=${s.key} data-choose>${s.name}</button>${s.current ? html` <span class="soft">${t.current}</span>` : nothing}</td>
        <td>${s.revision}</td><td class="mono">${s.image}</td><td class="num">${s.replicas}</td><td class="num">${s.available}</td>
      </tr>`)}</tbody>
    </table></div>`;
  }

  /** The chart as a table: a row for each moment at which something changed. */
  #moments(r: Rollout): TemplateResult {
    const { t } = this;
    return html`<div class="scroll tall" role="region" tabindex="0" aria-label=${t.viewNames.rollout}><table>
      <thead><tr><th scope="col">${t.when}</th><th scope="col" class="num">${t.wantedLine}</th><th scope="col" class="num">${t.availableLine}</th>
        ${r.sets.map((s) => html`<th scope="col" class="num">${t.revision} ${s.revision}</th>`)}<th scope="col" class="num">${t.lostMark}</th></tr></thead>
      <tbody>${r.points.map((p) => html`<tr><td>${since(p.ms)}</td><td class="num">${p.wanted}</td><td class="num">${p.low}</td>
        ${r.sets.map((_, i) => html`<td class="num">${p.sets[i]?.[0] ?? 0}</td>`)}<td class="num">${p.lost - (r.points[0]?.lost ?? 0)}</td></tr>`)}</tbody>
    </table></div>`;
  }
}

/** Patterns over the colours, so that sets differ without colour too. */
const fills = svg`<defs>
  <pattern id="weave-0" width="8" height="8" patternUnits="userSpaceOnUse"></pattern>
  <pattern id="weave-1" width="8" height="8" patternUnits="userSpaceOnUse"><path d="M0 8L8 0M-2 2L2 -2M6 10L10 6" /></pattern>
  <pattern id="weave-2" width="8" height="8" patternUnits="userSpaceOnUse"><circle cx="4" cy="4" r="1.5" /></pattern>
  <pattern id="weave-3" width="8" height="8" patternUnits="userSpaceOnUse"><path d="M0 4H8" /></pattern>
</defs>`;
