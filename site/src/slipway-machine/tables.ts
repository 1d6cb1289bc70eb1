/** Processes and cgroups as tables. */

import { html, nothing, type TemplateResult } from 'lit';
import type { CgroupItem, Gauge, ProcessItem } from '../machine.js';
import { word, type MachineMessages } from '../messages/machine.js';
import { mark, rest, type Sight } from './parts.js';
import { cgroups } from './cgroups.js';

export function processTable(s: Sight, untold: number): TemplateResult {
  const { m, t } = s;
  return table(m.viewNames.processes, [m.numbers, m.process, m.user, m.state, m.own, m.cgroup], s, s.all, untold, (p: ProcessItem) => html`<tr data-key=${p.key}>
    <td class="number">${p.pid}${p.inner === p.pid ? nothing : html` <span class="soft">${m.inside(p.inner)}</span>`}</td>
    <td class="mono level-${Math.min(p.level, 3)}"><button type="button" class="obj" aria-pressed=${p === s.at} @click=${() => s.choose(p.key)}>${p.args || p.name}</button></td>
    <td class="number">${p.uid}${p.inside === p.uid ? nothing : html` <span class="soft">${m.inside(p.inside)}</span>`}</td>
    <td>${mark(p.tone, p.shape)}${word(m.states, p.state)}</td><td class="mono">${p.own.join(' ') || t.none}</td><td class="mono">${p.cgroup}</td>
  </tr>`);
}

const gauges = ['pids', 'memory', 'cpu'];

export function cgroupTable(s: Sight): TemplateResult {
  const { m, t } = s;
  const { list, untold } = cgroups(s.world.cgroups);
  return table(m.viewNames.cgroups, [m.cgroup, m.members, ...gauges, t.events], s, list, untold, (c: CgroupItem) => html`<tr data-key=${c.key}>
    <td class="mono">${mark(c.tone, c.shape)}${c.key}${c.frozen ? html` <span class="soft">${m.frozen}</span>` : nothing}</td><td class="number">${c.members}</td>
    ${gauges.map((label) => html`<td>${gauge(c.gauges.find((g) => g.label === label), m)}</td>`)}
    <td>${c.counts.map((n) => `${n.n} ${word(m.counts, n.label)}`).join(', ') || t.none}</td>
  </tr>`);
}

function gauge(g: Gauge | undefined, m: MachineMessages): string {
  if (!g) return '';
  return g.limit === '' ? g.text : m.of(g.text, g.limit);
}

function table<T>(caption: string, heads: readonly string[], s: Sight, items: readonly T[], untold: number, row: (item: T) => TemplateResult): TemplateResult {
  return html`<table>
      <caption class="sr">${caption}</caption>
      <thead><tr>${heads.map((h) => html`<th scope="col">${h}</th>`)}</tr></thead>
      <tbody>${items.slice(0, s.most).map(row)}</tbody>
    </table>${rest(s, Math.max(0, items.length - s.most), untold)}`;
}
