/** The mounts that one process sees, as a tree: what lies on what, where its root is, and the layers of overlays. */

import { html, nothing, type TemplateResult } from 'lit';
import { isMore, nsKinds, type Layers, type MountItem, type MountsItem } from '../machine.js';
import { filled } from '../session/world.js';
import { nameOf, type Sight } from './parts.js';

/** Why there are no mounts to be seen. */
function none(s: Sight): string {
  if (!s.at) return s.m.choose;
  const more = filled(s.world.mounts).map(([, item]) => item).find(isMore);
  return more ? s.t.andMore(more.more) : s.m.noMounts;
}

/** The namespace the process on show is in, if it is told. */
export function mountsOf(s: Sight): MountsItem | undefined {
  const key = String(s.at?.spaces[nsKinds.indexOf('mnt')] ?? '');
  const found = filled(s.world.mounts).map(([, item]) => item).find((i) => i.key === key);
  return found && !isMore(found) ? found : undefined;
}

export interface Laid {
  readonly mount: MountItem;
  readonly depth: number;
  /** The process' root is this mount's place; a directory in it if the two differ. */
  readonly root: string;
}

/** The mounts, those that lie on one after it, and on which of them a root lies. */
export function lay(mounts: readonly MountItem[], root: string): readonly Laid[] {
  const here = new Set(mounts.map((m) => m.id));
  const best = mounts.filter((m) => covers(m.place, root)).reduce<MountItem | undefined>((a, b) => (a && a.place.length > b.place.length ? a : b), undefined);
  const grow = (on: (m: MountItem) => boolean, depth: number): readonly Laid[] =>
    mounts.filter(on).flatMap((mount) => [{ mount, depth, root: mount === best ? root : '' }, ...grow((m) => m.on === mount.id && m !== mount, depth + 1)]);
  return grow((m) => !here.has(m.on), 0);
}

function covers(place: string, path: string): boolean {
  return place === '/' || path === place || path.startsWith(`${place}/`);
}

export function mountTree(s: Sight): TemplateResult {
  const { at: p, m } = s;
  const space = mountsOf(s);
  if (!p || !space) return html`<p class="hint">${none(s)}</p>`;
  return html`<h3>${m.mountsOf(space.key)} <span class="soft">${m.processes(space.members)}</span></h3>
    <ul class="mounts" aria-label=${m.viewNames.mounts}>${lay(space.mounts, p.root).map((l) => row(l, s))}</ul>
    ${space.left > 0 ? html`<p class="hint">${s.t.andMore(space.left)}</p>` : nothing}`;
}

function row({ mount: x, depth, root }: Laid, s: Sight): TemplateResult {
  const { m, at } = s;
  return html`<li class="mount ${x.type === 'overlay' ? 'over' : ''} depth-${Math.min(depth, 6)}">
    <p><b class="mono">${x.place}</b> <span class="chip">${x.type}</span> <span class="mono soft">${x.source}</span>
      ${x.part === '/' ? nothing : html`<span class="soft">${m.partOf(x.part)}</span>`}
      <span class="chip ${x.propagation === 'private' ? '' : 'lit'}">${propagation(x, s)}</span> <span class="mono soft">${x.options}</span>
      ${root === '' || !at ? nothing : html`<span class="chip root">${root === x.place ? nothing : html`<span class="mono">${root}</span> `}${m.rootHere(nameOf(at))}</span>`}</p>
    ${x.layers ? layers(x.layers, s) : nothing}
  </li>`;
}

export function propagation(x: MountItem, { m }: Pick<Sight, 'm'>): string {
  const names: Readonly<Record<string, string>> = m.propagations;
  return x.propagation.split(' ').map((word) => {
    const [kind = '', group] = word.split(':');
    return group === undefined ? (names[kind] ?? kind) : `${names[kind] ?? kind} ${group}`;
  }).join(', ');
}

function layers(l: Layers, { m, t }: Sight): TemplateResult {
  return html`<ol class="layers">
    <li class="upper">${l.upper === '' ? m.readOnly : html`${m.upper(l.upper)}
      ${l.changes.length === 0 ? html` <span class="soft">${m.unchanged}</span>` : html`<ul>${l.changes.map((c) => html`<li class="how-${c.how}"><span class="mono">${c.path}</span> <span class="chip">${m.changes[c.how]}</span></li>`)}</ul>`}
      ${l.more > 0 ? html`<span class="hint">${t.andMore(l.more)}</span>` : nothing}`}</li>
    ${l.lowers.map((path) => html`<li>${m.lower(path)}</li>`)}
  </ol>`;
}

export function mountTable(s: Sight): TemplateResult {
  const { m, t } = s;
  const space = mountsOf(s);
  if (!space) return html`<p class="hint">${none(s)}</p>`;
  return html`<table>
      <caption class="sr">${m.mountsOf(space.key)}</caption>
      <thead><tr>${[m.place, m.type, m.source, m.propagation, m.options].map((h) => html`<th scope="col">${h}</th>`)}</tr></thead>
      <tbody>${lay(space.mounts, s.at?.root ?? '/').map(({ mount: x, root }) => html`<tr><th scope="row" class="mono">${x.place}${root === '' || !s.at ? nothing : html` <span class="soft">${root === x.place ? '' : root} ${m.rootHere(nameOf(s.at))}</span>`}</th>
        <td>${x.type}</td><td class="mono">${x.source}${x.part === '/' ? nothing : ` · ${m.partOf(x.part)}`}</td><td>${propagation(x, s)}</td><td class="mono">${x.options}</td></tr>`)}</tbody>
    </table>
    ${space.mounts.filter((x) => x.layers).map((x) => html`<h3>${m.layersOf(x.place)}</h3>${x.layers ? layers(x.layers, s) : nothing}`)}
    ${space.left > 0 ? html`<p class="hint">${t.andMore(space.left)}</p>` : nothing}`;
}
