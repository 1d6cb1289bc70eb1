/** The same world as tables, for those who would rather read than look. */

import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Messages } from '../messages/messages.js';
import type { PodItem, Shape, Tone } from '../model.js';
import { filled, type World } from '../session/world.js';
import { outline } from './shapes.js';

export function tables(world: World, t: Messages): TemplateResult {
  const pods = filled(world.pods);
  return html`<table>
      <caption>${t.pods}</caption>
      <thead><tr>${[t.name, t.namespace, t.node, t.state, t.ready, t.address, t.group].map((h) => html`<th scope="col">${h}</th>`)}</tr></thead>
      <tbody>
        ${pods.map(([, pod]) => podRow(pod, world, t))}
        ${pods.length === 0 ? html`<tr><td colspan="7">${t.noPods}</td></tr>` : ''}
      </tbody>
    </table>
    <table>
      <caption>${t.nodes}</caption>
      <thead><tr><th scope="col">${t.name}</th><th scope="col">${t.state}</th>
        ${(filled(world.nodes)[0]?.[1].bars ?? []).map((b) => html`<th scope="col">${b.label}</th>`)}</tr></thead>
      <tbody>${filled(world.nodes).map(([, n]) => html`<tr data-key=${n.key}>
        <td class="mono">${n.name}</td><td>${mark(n.tone, 'square')}${n.state}</td>${n.bars.map((b) => html`<td>${b.text}</td>`)}
      </tr>`)}</tbody>
    </table>
    ${services(world, t)}${traffic(world, t)}`;
}

function services(world: World, t: Messages): TemplateResult | typeof nothing {
  const all = filled(world.services);
  if (all.length === 0) return nothing;
  return html`<table>
    <caption>${t.services}</caption>
    <thead><tr>${[t.name, t.namespace, t.address, t.endpoints].map((h) => html`<th scope="col">${h}</th>`)}</tr></thead>
    <tbody>${all.map(([, s]) => html`<tr data-key=${s.key}>
      <td class="mono">${s.name}</td><td>${s.namespace}</td><td class="mono">${s.address}</td><td>${mark(s.tone, 'square')}${s.state}</td>
    </tr>`)}</tbody>
  </table>`;
}

function traffic(world: World, t: Messages): TemplateResult | typeof nothing {
  const all = filled(world.traffic);
  if (all.length === 0) return nothing;
  return html`<table>
    <caption>${t.traffic}</caption>
    <thead><tr>${[t.name, t.from, t.address, t.state, t.lastSecond, t.lostCount].map((h) => html`<th scope="col">${h}</th>`)}</tr></thead>
    <tbody>${all.map(([, s]) => html`<tr data-key=${s.key}>
      <td class="mono">${s.name}</td><td>${s.from}</td><td class="mono">${s.to}</td><td>${mark(s.tone, 'square')}${s.state}</td>
      <td>${s.lastOk}/${s.lastEnded}</td><td>${s.lost}</td>
    </tr>`)}</tbody>
  </table>`;
}

function podRow(pod: PodItem, world: World, t: Messages): TemplateResult {
  return html`<tr data-key=${pod.key}>
    <td class="mono">${pod.name}</td><td>${pod.namespace}</td><td class="mono">${world.nodes[pod.node]?.name ?? t.none}</td>
    <td>${mark(pod.tone, pod.shape)}${pod.state}</td><td>${pod.ready}</td><td class="mono">${pod.ip || t.none}</td>
    <td class="mono">${pod.group || t.none}</td>
  </tr>`;
}

function mark(tone: Tone, shape: Shape): TemplateResult {
  return html`<svg class="mark tone-${tone}" width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">${svg`<path d=${outline(shape, 6)} />`}</svg>`;
}
