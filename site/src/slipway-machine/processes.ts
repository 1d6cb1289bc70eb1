/** Processes as a tree; a wall is drawn where a process has namespaces that its parent does not share. */

import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { nsKinds, type ProcessItem } from '../machine.js';
import { word } from '../messages/machine.js';
import { mark, type Sight } from './parts.js';
import type { Branch, Forest } from './tree.js';

/** From here on the tree is drawn no deeper to the right. */
const deepest = 10;

export function tree(f: Forest, s: Sight): TemplateResult {
  const at = s.at && f.order.includes(s.at) ? s.at : f.order[0];
  return html`<ul class="tree" role="tree" aria-label=${s.m.viewNames.processes}>${branches(f.roots, 1, s, at)}</ul>`;
}

/** `stop` is the process that Tab comes to. */
function branches(list: readonly Branch[], level: number, s: Sight, stop: ProcessItem | undefined): unknown {
  return repeat(list, (b) => b.item.key, (b) => branch(b, level, s, stop));
}

function branch({ item: p, kids }: Branch, level: number, s: Sight, stop: ProcessItem | undefined): TemplateResult {
  const on = p === s.at;
  return html`<li role="treeitem" data-key=${p.key} aria-level=${level} aria-selected=${on} tabindex=${p === stop ? 0 : -1}>
    <div class=${p.walls.length > 0 ? 'box' : ''}>
      ${p.walls.length > 0 ? html`<p class="chips">${p.walls.map((kind) => html`<span class="chip">${kind} <small>${number(p, kind)}</small></span>`)}</p>` : nothing}
      <div class="row" @click=${() => s.choose(p.key)}>
        <span class="pid">${p.pid}${p.inner === p.pid ? nothing : html` <small>${s.m.inside(p.inner)}</small>`}</span>
        <span class="mono">${p.args || p.name}</span>
        <span class="soft">${mark(p.tone, p.shape)}${word(s.m.states, p.state)}${p.root === '/' ? nothing : ` · ${s.m.rootIs(p.root)}`}${p.uid === 0 && p.inside === 0 ? nothing : ` · ${s.m.userInside(p.uid, p.inside)}`}</span>
      </div>
      ${kids.length > 0 ? html`<ul role="group" class=${level < deepest ? '' : 'flat'}>${branches(kids, level + 1, s, stop)}</ul>` : nothing}
    </div>
  </li>`;
}

function number(p: ProcessItem, kind: string): string {
  return String(p.spaces[nsKinds.findIndex((k) => k === kind)] ?? '');
}

/** Where a key leads from a process in the tree; undefined if nowhere. */
export function move(order: readonly ProcessItem[], at: string, key: string): string | undefined {
  const i = order.findIndex((p) => p.key === at);
  switch (key) {
    case 'ArrowDown':
      return order[Math.min(i + 1, order.length - 1)]?.key;
    case 'ArrowUp':
      return order[Math.max(i - 1, 0)]?.key;
    case 'ArrowLeft':
      return order.find((p) => p.key === order[i]?.parent)?.key;
    case 'ArrowRight':
      return order.find((p) => p.parent === at)?.key;
    case 'Home':
      return order[0]?.key;
    case 'End':
      return order.at(-1)?.key;
    default:
      return undefined;
  }
}
