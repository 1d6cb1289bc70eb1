/** The Events of the moment on show. */

import { css, html, nothing, type TemplateResult } from 'lit';
import type { EventRow, EventsPanel } from '../panels.js';
import { outline } from '../slipway-cluster/shapes.js';
import { since } from '../slipway-timeline/scale.js';
import { PanelElement } from '../slipway-views/panel-element.js';

/** @summary Kubernetes' Events as a table, the newest first, of all objects or only of the one on show. */
export class SlipwayEvents extends PanelElement<EventsPanel> {
  static override styles = [
    ...PanelElement.styles,
    css`
      label {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        min-height: 28px;
        margin-left: auto;
      }
      input {
        width: 24px;
        height: 24px;
        margin: 0;
        accent-color: var(--slipway-accent);
      }
      .mark {
        margin-right: 5px;
        vertical-align: -2px;
        fill: var(--tone);
      }
      .reason {
        color: var(--tone);
        font-weight: 600;
        white-space: nowrap;
      }
      .obj {
        margin-top: 3px;
      }
      td.when {
        white-space: nowrap;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];
  static override properties = { ...PanelElement.properties, only: { state: true } };

  /** Whether only the Events about the object on show are listed. */
  declare only: boolean;

  constructor() {
    super();
    this.only = false;
  }

  protected override show(panel: EventsPanel): TemplateResult {
    const { t } = this;
    const rows = this.only ? panel.rows.filter((r) => r.key === panel.object) : panel.rows;
    return html`<div class="top"><h2>${t.viewNames.events}</h2>
        ${panel.object === ''
          ? nothing
          : html`<label><input type="checkbox" .checked=${this.only} @change=${this.#onOnly}>${t.onlyAbout(panel.label)}</label>`}
      </div>
      ${rows.length === 0
        ? html`<p class="hint">${t.noEvents}</p>`
        : html`<div class="scroll" role="region" tabindex="0" aria-label=${t.viewNames.events}><table>
            <thead><tr><th scope="col">${t.when}</th><th scope="col">${t.reason}, ${t.objectColumn}</th><th scope="col">${t.message}, ${t.from}</th></tr></thead>
            <tbody>${rows.map((r) => this.#row(r))}</tbody>
          </table></div>`}
      ${panel.more > 0 && !this.only ? html`<p class="hint">${t.andMore(panel.more)}</p>` : nothing}`;
  }

  #row(r: EventRow): TemplateResult {
    const shape = r.tone === 'bad' ? 'diamond' : 'circle';
    return html`<tr data-key=${r.key} class="tone-${r.tone}">
      <td class="when">${since(r.ms)}</td>
      <td><span class="reason"><svg class="mark" width="12" height="12" viewBox="-7 -7 14 14" role="img" aria-label=${r.type}><path d=${outline(shape, 6)} /></svg>${r.reason}</span><br>${r.key === '' ? r.name : html`<button type="button" class="obj" data-key=${r.key} data-choose>${r.key.split('/')[0]}/${r.name}</button>`}</td>
      <td>${r.text}${r.count > 1 ? html` <span class="soft">×${r.count}</span>` : nothing}<br><span class="soft">${r.actor}</span></td>
    </tr>`;
  }

  readonly #onOnly = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) this.only = event.target.checked;
  };
}
