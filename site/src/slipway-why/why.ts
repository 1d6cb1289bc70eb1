/** Why an object is as it is, and why a pod is where it is. */

import { css, html, nothing, type TemplateResult } from 'lit';
import type { Decision, Verdict, WhyLink, WhyPanel } from '../panels.js';
import { since } from '../slipway-timeline/scale.js';
import { PanelElement } from '../slipway-views/panel-element.js';

/**
 * @summary The chain of causes that leads from what a person asked for to the object on show and, for a pod, what the
 * scheduler said of each node: filters and scores.
 */
export class SlipwayWhy extends PanelElement<WhyPanel> {
  static override styles = [
    ...PanelElement.styles,
    css`
      ol {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .chain li {
        position: relative;
        padding: 0 0 10px 22px;
      }
      .chain li::before {
        content: '';
        position: absolute;
        left: 3px;
        top: 5px;
        width: 10px;
        height: 10px;
        border: 2px solid var(--slipway-accent);
        border-radius: 50%;
        background: var(--slipway-surface);
      }
      .chain li.asked::before {
        border-radius: 2px;
        background: var(--slipway-accent);
      }
      .chain li:not(:last-child)::after {
        content: '';
        position: absolute;
        left: 8.5px;
        top: 20px;
        bottom: -4px;
        width: 2px;
        background: var(--slipway-line);
      }
      .at {
        color: var(--slipway-ink-soft);
        font-variant-numeric: tabular-nums;
      }
      .meter {
        width: 72px;
        height: 10px;
        vertical-align: -1px;
        margin-right: 6px;
      }
      .meter rect {
        fill: var(--slipway-idle-soft);
      }
      .meter .fill {
        fill: var(--slipway-accent);
      }
      tr.chosen th {
        font-weight: 700;
      }
      .badge {
        margin-left: 6px;
        padding: 1px 6px;
        border-radius: 8px;
        background: var(--slipway-ok-soft);
        color: var(--slipway-ok);
        font: 600 11.5px var(--slipway-font);
      }
    `,
  ];

  protected override show(panel: WhyPanel): TemplateResult {
    const { t } = this;
    if (panel.object === '') return html`<h2>${t.viewNames.why}</h2><p class="hint">${t.chooseFirst}</p>`;
    return html`<h2>${t.whyTitle(panel.label)}</h2>
      ${panel.exists ? nothing : html`<p class="hint">${t.notThere(panel.label)}</p>`}
      <ol class="chain" aria-label=${t.chain}>
        ${panel.chain.map((l, i) => html`${i === 1 && panel.moreChain > 0 ? html`<li class="soft">${t.andMore(panel.moreChain)}</li>` : nothing}${this.#link(l)}`)}
      </ol>
      ${panel.decision.nodes.length > 0 ? this.#decision(panel.decision) : nothing}`;
  }

  #link(l: WhyLink): TemplateResult {
    const { t } = this;
    return html`<li class=${l.did}>
      <span class="at">${since(l.ms)}</span> <strong>${l.actor}</strong> ${t.did[l.did]}
      ${l.did === 'asked' ? html`<code>${l.what}</code>` : l.key === '' ? html`<span class="mono">${l.what}</span>` : this.#object(l.key, l.what)}
      ${l.reason === '' ? nothing : html`<span class="soft">${l.reason}</span>`}
    </li>`;
  }

  #object(key: string, text: string): TemplateResult {
    return html`<button type="button" class="obj" data-key=${key} data-choose>${text}</button>`;
  }

  #decision(d: Decision): TemplateResult {
    const { t } = this;
    const best = Math.max(1, ...d.nodes.map((n) => n.score));
    const title = d.node === '' ? t.noNode : d.ties > 1 ? t.chosenByLot(d.node, since(d.ms), d.ties) : t.chosenAt(d.node, since(d.ms));
    return html`<h3>${t.scheduler}</h3><p>${title}</p>
      <div class="scroll" role="region" tabindex="0" aria-label=${t.scheduler}><table>
        <thead><tr><th scope="col">${t.node}</th><th scope="col">${t.fits}</th><th scope="col">${t.score}</th>
          ${d.plugins.map((p) => html`<th scope="col" class="num">${p.name}${p.weight === 1 ? '' : ` ×${p.weight}`}</th>`)}
          <th scope="col">${t.whyNot}</th></tr></thead>
        <tbody>${d.nodes.map((n) => this.#verdict(n, d, best))}</tbody>
      </table></div>
      ${d.more > 0 ? html`<p class="hint">${t.andMore(d.more)}</p>` : nothing}`;
  }

  #verdict(n: Verdict, d: Decision, best: number): TemplateResult {
    const { t } = this;
    return html`<tr data-key=${n.key} class=${n.chosen ? 'chosen' : ''}>
      <th scope="row">${n.name}${n.chosen ? html`<span class="badge">${t.chosen}</span>` : nothing}</th>
      <td><span class=${n.fits ? 'yes' : 'no'} aria-hidden="true">${n.fits ? '✓' : '✕'}</span> ${n.fits ? t.yes : t.no}</td>
      <td>${n.fits ? html`<svg class="meter" viewBox="0 0 72 10" aria-hidden="true"><rect width="72" height="10" rx="3" /><rect class="fill" width=${(72 * n.score) / best} height="10" rx="3" /></svg>${n.score}` : '–'}</td>
      ${d.plugins.map((_, i) => html`<td class="num">${n.points[i] ?? '–'}</td>`)}
      <td>${n.reasons.join(', ')}</td>
    </tr>`;
  }
}
