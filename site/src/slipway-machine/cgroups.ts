/** The tree of cgroups, with gauges of what each uses of what it may. */

import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { isMore, type CgroupItem, type Gauge, type More } from '../machine.js';
import { word } from '../messages/machine.js';
import { filled, type Slots } from '../session/world.js';
import { mark, rest, type Sight } from './parts.js';

/** Each cgroup before those in it, by path. */
export function cgroups(slots: Slots<CgroupItem | More>): { readonly list: readonly CgroupItem[]; readonly untold: number } {
  const all = filled(slots).map(([, item]) => item);
  const path = (c: CgroupItem): string => c.key.replaceAll('/', '\0'); // so that what is in /a stands before /a-b
  const list = all.filter((i): i is CgroupItem => !isMore(i)).sort((a, b) => (path(a) < path(b) ? -1 : 1));
  return { list, untold: all.find(isMore)?.more ?? 0 };
}

export function groupTree(s: Sight): TemplateResult {
  const { list, untold } = cgroups(s.world.cgroups);
  return html`<ul class="groups" aria-label=${s.m.viewNames.cgroups}>${repeat(list.slice(0, s.most), (c) => c.key, (c) => group(c, s))}</ul>
    ${rest(s, Math.max(0, list.length - s.most), untold)}
    <p class="hint">${s.m.noDisk}</p>`;
}

function group(c: CgroupItem, s: Sight): TemplateResult {
  const { m } = s;
  const depth = c.key === '/' ? 0 : c.key.split('/').length - 1;
  return html`<li class="group ${c.frozen ? 'frozen' : ''} ${c.key === s.at?.cgroup ? 'mine' : ''} depth-${Math.min(depth, 6)}" data-key=${c.key}>
    <p>${mark(c.tone, c.shape)}<b class="mono">${c.key}</b> <span class="soft">${m.processes(c.members)}${c.frozen ? ` · ${m.frozen}` : ''}</span>
      ${c.counts.map((n) => html`<span class="count">${n.n} ${word(m.counts, n.label)}</span>`)}</p>
    <div class="gauges">${c.gauges.map((g) => gauge(g, s))}</div>
  </li>`;
}

/** How full a gauge is, in percent; undefined if nothing limits it. */
export function fullness(g: Gauge): number | undefined {
  if (g.of < 0) return undefined;
  return g.of === 0 ? 100 : Math.min(100, Math.round((g.used * 100) / g.of));
}

function gauge(g: Gauge, { m }: Sight): TemplateResult {
  const full = fullness(g);
  const text = g.limit === '' ? g.text : m.of(g.text, g.limit);
  return html`<span class="gauge"><span class="label">${g.label}</span>
    ${full === undefined ? nothing : html`<svg class="bar ${full >= 100 ? 'full' : ''}" width="76" height="10" role="meter" aria-label=${g.label}
      aria-valuemin="0" aria-valuemax="100" aria-valuenow=${full} aria-valuetext=${text}><rect width=${(76 * full) / 100} height="10"></rect></svg>`}
    <span class="value">${text}${full === undefined && g.label !== 'cpu' ? html` <small>${m.noLimit}</small>` : nothing}</span></span>`;
}
