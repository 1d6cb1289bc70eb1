/** A machine as tables. */

import { html, nothing, svg, type TemplateResult } from 'lit';
import { isMore, type CgroupItem, type Gauge, type More, type ProcessItem } from '../machine.js';
import { word, type MachineMessages } from '../messages/machine.js';
import type { Messages } from '../messages/messages.js';
import type { Shape, Tone } from '../model.js';
import { filled, type Slots } from '../session/world.js';
import { outline } from '../slipway-cluster/shapes.js';

export function processTable(slots: Slots<ProcessItem | More>, m: MachineMessages, t: Messages): TemplateResult {
  return table(m.viewNames.processes, [m.numbers, m.process, m.user, m.state, m.own, m.cgroup], slots, t, processes, (p) => html`<tr data-key=${p.key}>
    <td class="number">${p.pid}${p.inner === p.pid ? nothing : html` <span class="soft">${m.inside(p.inner)}</span>`}</td>
    <td class="mono level-${Math.min(p.level, 3)}">${p.args || p.name}</td><td class="number">${p.uid}</td>
    <td>${mark(p.tone, p.shape)}${word(m.states, p.state)}</td><td class="mono">${p.own.join(' ') || t.none}</td><td class="mono">${p.cgroup}</td>
  </tr>`);
}

export function cgroupTable(slots: Slots<CgroupItem | More>, m: MachineMessages, t: Messages): TemplateResult {
  const gauges = ['pids', 'memory', 'cpu'];
  return table(m.viewNames.cgroups, [m.cgroup, m.members, ...gauges, t.events], slots, t, cgroups, (c) => html`<tr data-key=${c.key}>
    <td class="mono">${mark(c.tone, c.shape)}${c.key}${c.frozen ? html` <span class="soft">${m.frozen}</span>` : nothing}</td><td class="number">${c.members}</td>
    ${gauges.map((label) => html`<td>${gauge(c.gauges.find((g) => g.label === label), m)}</td>`)}
    <td>${c.counts.map((n) => `${n.n} ${word(m.counts, n.label)}`).join(', ') || t.none}</td>
  </tr>`);
}

function gauge(g: Gauge | undefined, m: MachineMessages): string {
  if (!g) return '';
  return g.limit === '' ? g.text : m.of(g.text, g.limit);
}

const processes = (a: ProcessItem, b: ProcessItem): number => a.pid - b.pid;
const cgroups = (a: CgroupItem, b: CgroupItem): number => (a.key < b.key ? -1 : 1);

function table<T extends ProcessItem | CgroupItem>(
  caption: string, heads: readonly string[], slots: Slots<T | More>, t: Messages, order: (a: T, b: T) => number, row: (item: T) => TemplateResult,
): TemplateResult {
  const items = filled(slots).map(([, item]) => item);
  const more = items.find(isMore);
  const shown = items.filter((i): i is T => !isMore(i)).sort(order);
  return html`<table>
      <caption class="sr">${caption}</caption>
      <thead><tr>${heads.map((h) => html`<th scope="col">${h}</th>`)}</tr></thead>
      <tbody>${shown.map(row)}</tbody>
    </table>${more ? html`<p class="hint">${t.andMore(more.more)}</p>` : nothing}`;
}

function mark(tone: Tone, shape: Shape): TemplateResult {
  return html`<svg class="mark tone-${tone}" width="12" height="12" viewBox="-7 -7 14 14" aria-hidden="true">${svg`<path d=${outline(shape, 6)} />`}</svg>`;
}
