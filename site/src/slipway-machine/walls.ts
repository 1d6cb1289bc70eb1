/** The walls around one process: which namespaces are its own, its root, what it may do, which limits it is under. */

import { html, nothing, type TemplateResult } from 'lit';
import { nsKinds } from '../machine.js';
import { capabilityNames } from '../messages/capabilities.js';
import { count } from './capability.js';
import { nameOf, type Sight } from './parts.js';

/** In the order in which people meet them. */
const order = ['uts', 'pid', 'mnt', 'net', 'ipc', 'user', 'cgroup', 'time'] as const;

/** `look` chooses how the view below is drawn. */
export function walls(s: Sight, byHand: boolean, look: TemplateResult): TemplateResult {
  const { at: p, m } = s;
  if (!p) return html`<div class="walls"><div class="who">${m.choose}${look}</div></div>`;
  const may = count(p, 'effective');
  const tile = (up: boolean, name: string, text: string, title: string, id = name) => html`<li class="wall ${up ? 'up' : ''}" data-wall=${id} title=${title}><b>${name}</b> <span>${text}</span></li>`;
  return html`<section class="walls" aria-label=${m.walls(nameOf(p))}>
    <div class="who"><span class="mono">${nameOf(p)}</span> <span class="soft">${m.userInside(p.uid, p.inside)}${p.front ? ` · ${m.typedTo}` : ''}</span>
      ${byHand ? html`<button type="button" class="btn" @click=${() => s.choose('')}>${m.follow}</button>` : nothing}${look}</div>
    <ul>
      ${order.map((kind) => {
        const up = p.own.includes(kind);
        return tile(up, kind, up ? m.ofItsOwn : m.shared, `${m.kinds[kind]}: ${p.spaces[nsKinds.indexOf(kind)] ?? ''}`);
      })}
      ${tile(p.root !== '/', m.further.root, p.root, m.rootIs(p.root), 'root')}
      ${tile(may < capabilityNames.length, m.further.caps, `${may}/${capabilityNames.length}`, m.mayDo(may, capabilityNames.length), 'caps')}
      ${tile(p.cgroup !== '/', m.further.limits, p.cgroup, m.limitedBy(p.cgroup), 'limits')}
      ${p.filters > 0 ? tile(true, 'seccomp', String(p.filters), m.filters(p.filters)) : nothing}
    </ul>
  </section>`;
}
