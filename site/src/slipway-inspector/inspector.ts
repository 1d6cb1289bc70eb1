/** One object, whole. */

import { css, html, nothing, type TemplateResult } from 'lit';
import type { InspectorPanel, Related } from '../panels.js';
import { editorEvent } from '../slipway-editor/events.js';
import { PanelElement } from '../slipway-views/panel-element.js';
import { pieces } from './yaml.js';

/** @summary The object on show as YAML, and the objects it belongs to and that belong to it. */
export class SlipwayInspector extends PanelElement<InspectorPanel> {
  static override styles = [
    ...PanelElement.styles,
    css`
      dl {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        gap: 4px 10px;
        margin: 0 0 10px;
      }
      dt {
        padding-top: 2px;
        color: var(--slipway-ink-soft);
      }
      dd {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        margin: 0;
      }
      .edit {
        margin-left: auto;
      }
      pre {
        margin: 0;
        padding: 10px 12px;
        overflow: auto;
        border: 1px solid var(--slipway-line);
        border-radius: 8px;
        background: var(--slipway-raised);
        font: 12.5px/1.5 var(--slipway-mono);
        tab-size: 2;
      }
      .key {
        color: var(--slipway-accent);
      }
      .number {
        color: var(--slipway-busy);
      }
      .comment {
        color: var(--slipway-ink-soft);
      }
    `,
  ];

  protected override show(panel: InspectorPanel): TemplateResult {
    const { t } = this;
    if (panel.object === '') return html`<h2>${t.viewNames.inspector}</h2><p class="hint">${t.chooseFirst}</p>`;
    const where = panel.namespace === '' ? '' : ` · ${panel.namespace}`;
    return html`<div class="top"><h2>${panel.kind} <span class="mono" data-key=${panel.object}>${panel.label}</span>${where}</h2>
        ${panel.exists ? html`<button type="button" class="btn edit" @click=${() => this.dispatchEvent(editorEvent('slipway-edit', { key: panel.object }))}>${t.edit}</button>` : nothing}</div>
      ${panel.exists ? nothing : html`<p class="hint">${t.notThere(panel.label)}</p>`}
      ${this.#related(panel)}
      ${panel.yaml === ''
        ? nothing
        : html`<pre tabindex="0" role="region" aria-label=${t.yamlOf(panel.label)}>${panel.yaml.trimEnd().split('\n').map(line)}</pre>`}
      ${panel.cut ? html`<p class="hint">${t.yamlCut}</p>` : nothing}`;
  }

  #related(panel: InspectorPanel): TemplateResult | typeof nothing {
    const { t } = this;
    if (panel.related.length === 0) return nothing;
    const groups = new Map<Related['how'], Related[]>();
    for (const r of panel.related) groups.set(r.how, [...(groups.get(r.how) ?? []), r]);
    return html`<dl>${[...groups].map(([how, list]) => html`<dt>${t.relations[how]}</dt>
      <dd>${list.map((r) => html`<button type="button" class="obj" data-key=${r.key} data-choose>${r.key.split('/')[0]}/${r.name}</button>`)}</dd>`)}</dl>
      ${panel.more > 0 ? html`<p class="hint">${t.andMore(panel.more)}</p>` : nothing}`;
  }
}

function line(text: string): TemplateResult {
  return html`${pieces(text).map((p) => (p.kind === 'plain' || p.kind === 'text' ? p.text : html`<span class=${p.kind}>${p.text}</span>`))}${'\n'}`;
}
