/** Network namespaces as boxes with their devices, and the cables between them. */

import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { isMore, nsKinds, type LinkItem, type NetworkItem } from '../machine.js';
import type { MachineMessages } from '../messages/machine.js';
import { filled } from '../session/world.js';
import { outline } from '../slipway-cluster/shapes.js';
import { deviceHeight, wiring, type Box } from './cables.js';
import { mark, rest, type Sight } from './parts.js';

export function networks(s: Pick<Sight, 'world'>): { readonly list: readonly NetworkItem[]; readonly untold: number } {
  const all = filled(s.world.networks).map(([, item]) => item);
  return { list: all.filter((i): i is NetworkItem => !isMore(i)), untold: all.find(isMore)?.more ?? 0 };
}

/** Its name, or the number that commands print. */
function title(n: NetworkItem, m: MachineMessages): string {
  return m.network(n.name || n.key);
}

function linkState(l: LinkItem, m: MachineMessages): string {
  if (!l.up) return m.down;
  return l.carrier ? m.up : m.noCarrier;
}

export function networkPicture(s: Sight, width: number): TemplateResult {
  const { list, untold } = networks(s);
  const w = wiring(width, list);
  const mine = String(s.at?.spaces[nsKinds.indexOf('net')] ?? '');
  const label = list.map((n) => `${title(n, s.m)}: ${n.links.map((l) => l.name).join(', ')}`).join('. ');
  return html`<svg class="picture" role="img" aria-label=${label} viewBox="0 0 ${width} ${Math.max(1, w.height)}" width=${width} height=${Math.max(1, w.height)}>
      ${w.boxes.map((b) => box(b, b.item.key === mine, s))}
      ${w.cables.map((c) => svg`<path class="cable ${c.carries ? 'carries' : ''}" d=${c.path}></path>`)}
    </svg>${rest(s, 0, untold)}`;
}

function box(b: Box, mine: boolean, { m, t }: Sight): SVGTemplateResult {
  const { item } = b;
  const who = item.members === 0 ? m.keptByFile : m.processes(item.members);
  return svg`<g class="net ${mine ? 'mine' : ''}" data-key=${item.key}>
    <rect class="frame" x=${b.x + 1} y=${b.y + 1} width=${b.width - 2} height=${b.height - 2} rx="10"></rect>
    <text class="title" x=${b.x + 14} y=${b.y + 20}>${title(item, m)}</text>
    <text class="soft" x=${b.x + 14} y=${b.y + 36}>${who}${item.relays ? ` · ${m.relays}` : ''}</text>
    ${b.devices.map((d) => svg`<g class="device tone-${d.link.tone}">
      ${d.bridge === undefined ? nothing : svg`<path class="port" d="M${b.x + 20} ${d.y + deviceHeight / 2}H${b.x + 13}V${d.bridge + deviceHeight / 2}H${b.x + 20}"></path>`}
      <rect class="plate" x=${b.x + 20} y=${d.y + 2} width=${b.width - 28} height=${deviceHeight - 4} rx="6"></rect>
      <path class="shape" transform="translate(${b.x + 33} ${d.y + deviceHeight / 2})" d=${outline(d.link.up ? (d.link.carrier ? 'circle' : 'triangle') : 'dash', 5)}></path>
      <text class="name" x=${b.x + 46} y=${d.y + 17}>${d.link.name} <tspan class="soft">${d.link.kind}</tspan></text>
      <text class="soft" x=${b.x + 46} y=${d.y + 31}>${clip(d.link.addresses.join(' ') || linkState(d.link, m), b.width - 60)}</text>
      <title>${d.link.name}: ${linkState(d.link, m)} ${d.link.addresses.join(' ')}</title></g>`)}
    ${b.routes.map((r) => svg`<text class="soft route" x=${b.x + 20} y=${r.y + 12}>${clip(r.text, b.width - 30)}<title>${r.text}</title></text>`)}
    ${item.routes.length === 0 ? svg`<text class="soft" x=${b.x + 20} y=${b.y + b.height - 12}>${m.noRoutes}</text>` : nothing}
    ${b.more + item.left > 0 ? svg`<text class="soft" x=${b.x + 20} y=${b.y + b.height - 10}>${t.andMore(b.more + item.left)}</text>` : nothing}
  </g>`;
}

/** What fits into so many pixels of small letters. */
export function clip(text: string, width: number): string {
  const fits = Math.max(4, Math.floor(width / 6.8));
  return text.length <= fits ? text : `${text.slice(0, fits - 1)}…`;
}

export function networkTables(s: Sight): TemplateResult {
  const { m, t } = s;
  const { list, untold } = networks(s);
  const names = new Map(list.map((n) => [n.key, n.name || n.key]));
  return html`${list.map((n) => html`<table>
      <caption>${title(n, m)} <span class="soft">${n.members === 0 ? m.keptByFile : m.processes(n.members)}${n.relays ? ` · ${m.relays}` : ''}</span></caption>
      <thead><tr>${[m.device, m.kind, s.m.state, m.addresses, m.connected].map((h) => html`<th scope="col">${h}</th>`)}</tr></thead>
      <tbody>${n.links.map((l) => html`<tr><th scope="row" class="mono">${l.name}</th><td>${l.kind}</td>
        <td>${mark(l.tone, l.up ? (l.carrier ? 'circle' : 'triangle') : 'dash')}${linkState(l, m)}</td><td class="mono">${l.addresses.join(' ') || t.none}</td>
        <td>${[l.master === '' ? '' : m.portOf(l.master), l.peer === '' ? '' : m.cableTo(l.peer, names.get(l.peerIn) ?? l.peerIn)].filter((x) => x !== '').join(', ') || t.none}</td></tr>`)}
        <tr><th scope="row">${m.routes}</th><td class="mono" colspan="4">${n.routes.length === 0 ? m.noRoutes : n.routes.map((r) => html`<div>${r}</div>`)}</td></tr></tbody>
    </table>${n.left > 0 ? html`<p class="hint">${t.andMore(n.left)}</p>` : nothing}`)}
    ${rest(s, 0, untold)}`;
}
