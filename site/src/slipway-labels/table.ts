/** The sets as a table: a row for each pod, a column for each selector. */

import { html, type TemplateResult } from 'lit';
import type { Messages } from '../messages/messages.js';
import type { LabelsPanel } from '../panels.js';

export function table(panel: LabelsPanel, t: Messages): TemplateResult {
  return html`<div class="scroll" role="region" tabindex="0" aria-label=${t.viewNames.labels}><table>
    <thead><tr><th scope="col">${t.name}</th><th scope="col">${t.state}</th><th scope="col">${t.viewNames.labels}</th>
      ${panel.sets.map((s) => html`<th scope="col">${s.key === '' ? t.yourSelector : `${s.kind} ${s.name}`}</th>`)}</tr></thead>
    <tbody>
      ${panel.chips.map((c) => html`<tr data-key=${c.key}>
        <th scope="row">${c.name}</th><td>${c.state}</td><td class="mono">${c.labels.join(' ') || t.noLabels}</td>
        ${panel.sets.map((_, i) => html`<td>${c.in.includes(i) ? html`<span class="yes" aria-hidden="true">✓</span> ${t.yes}` : html`<span class="soft">${t.no}</span>`}</td>`)}
      </tr>`)}
      ${panel.chips.length === 0 ? html`<tr><td colspan=${3 + panel.sets.length}>${t.noPods}</td></tr>` : ''}
    </tbody>
  </table></div>`;
}
