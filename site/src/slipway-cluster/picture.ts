/** The picture as SVG: a row of cells for each node, one for pods without a node. */

import { html, nothing, svg, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Bar, PodItem } from '../model.js';
import type { Messages } from '../messages/messages.js';
import type { Flow } from './flows.js';
import { barHeight, fit, type Density, type Layout, type PodPlace, type Row, type ServicePlace } from './layout.js';
import { outline } from './shapes.js';

export interface PictureState {
  readonly layout: Layout;
  readonly flows: readonly Flow[];
  /** The rows to draw. */
  readonly rows: readonly Row[];
  readonly t: Messages;
  /** The key with the tab stop. */
  readonly stop: string;
  /** The key of the chosen pod. */
  readonly chosen: string;
}

/** So many colours, each with a stroke of its own, tell groups of pods apart. */
const bands = 6;

/** About how wide one character is, in pixels, at the sizes of the style sheet. */
const mono = 7.6;
const sans = 6.3;

export function picture(s: PictureState): TemplateResult {
  const { layout, t } = s;
  return html`<svg class="picture ${layout.density === 'dot' ? 'crowd' : ''}" role="grid" aria-label=${t.cluster} aria-describedby="help" aria-rowcount=${layout.rows.length + (layout.services.length > 0 ? 1 : 0)}
      width=${layout.width} height=${layout.height}>
    ${serviceRow(s)}
    ${repeat(s.rows, (r) => r.key, (r) => guard(rowDeps(r, s), () => row(r, s)))}
    <g class="flows" aria-hidden="true">${repeat(s.flows, (f) => f.key, flow)}</g>
  </svg>`;
}

/** All that a row's picture depends on: a row is drawn anew only when some of it changed. */
function rowDeps(r: Row, s: PictureState): unknown[] {
  const mine = (key: string) => (key === r.key || r.pods.some((p) => p.pod.key === key) ? key : '');
  return [r.node, r.x, r.y, r.w, r.h, s.layout.density, s.t, mine(s.stop), mine(s.chosen), ...r.pods.map((p) => p.pod)];
}

function row(r: Row, s: PictureState): TemplateResult {
  const tone = r.node ? `tone-${r.node.tone}` : 'pending tone-idle';
  // What is in the row stands relative to it, so that a row that moves is moved as it is.
  return svg`<g role="row" class=${tone} transform="translate(${r.x},${r.y})">
    <rect class="box" x="0.5" y="0.5" width=${r.w - 1} height=${r.h - 1} rx="10" />
    ${r.node ? svg`<rect class="stripe" x="10" y="0" width=${r.w - 20} height="3" rx="1.5" />` : nothing}
    ${head(r, s)}
    ${repeat(within(r), (p) => p.pod.key, (p) => guard([p.pod, p.x, p.y, p.w, s.layout.density, s.stop === p.pod.key, s.chosen === p.pod.key], () => podCell(p, s)))}
  </g>`;
}

function within(r: Row): readonly PodPlace[] {
  return r.pods.map((p) => ({ ...p, x: p.x - r.x, y: p.y - r.y }));
}

function serviceRow(s: PictureState): TemplateResult | typeof nothing {
  const { services } = s.layout;
  if (services.length === 0) return nothing;
  return svg`<g role="row" class="services">
    <g role="rowheader"><text class="soft" x="2" y=${s.layout.servicesTop + 12}>${s.t.services}</text></g>${repeat(services, (p) => p.service.key, (p) => serviceCell(p, s))}</g>`;
}

function serviceCell(p: ServicePlace, s: PictureState): TemplateResult {
  const { service } = p;
  return svg`<g role="gridcell" class="service tone-${service.tone}" id=${cellId(service.key)} data-key=${service.key}
      tabindex=${s.stop === service.key ? 0 : -1} aria-selected=${s.chosen === service.key} transform="translate(${p.x},${p.y})">
    <title>${service.text}</title>
    <g aria-hidden="true"><path class="plate" d=${lens(p.w, p.h)} />
      <text class="name" x="18" y="20">${fit(service.name, p.w * 0.45, mono)}</text>
      <text class="soft" x=${p.w - 54} y="19" text-anchor="end">${fit(service.address, p.w * 0.42, sans)}</text>
      <text class="state" x=${p.w - 16} y="19" text-anchor="end">${service.state}</text></g>
    <rect class="ring" x="-1.5" y="-1.5" width=${p.w + 3} height=${p.h + 3} rx="12" />
  </g>`;
}

/** A Service's outline: pointed at both ends, as no pod is. */
function lens(w: number, h: number): string {
  return `M10 0.75H${w - 10}L${w - 0.75} ${h / 2}L${w - 10} ${h - 0.75}H10L0.75 ${h / 2}Z`;
}

/** Requests on their way, as dots that move along it; many of them move closer to each other. */
function flow(f: Flow): TemplateResult {
  const crowd = f.count >= 50 ? 'many' : f.count >= 10 ? 'some' : 'few';
  return svg`<path class="way tone-${f.tone}" d=${f.path} /><path class="dots ${crowd} tone-${f.tone}" d=${f.path} />`;
}

function head(r: Row, { t, stop }: PictureState): TemplateResult {
  const { node } = r;
  const label = node ? [node.text, ...node.bars.map((b) => `${b.label} ${b.text}`)].join(', ') : t.pending;
  const h = node ? 40 + node.bars.length * barHeight : 26;
  return svg`<g role="rowheader" class="head" id=${cellId(r.key)} data-key=${r.key} tabindex=${stop === r.key ? 0 : -1} aria-label=${label}>
    <rect class="ring" x="3" y="4" width=${r.w - 6} height=${h - 4} rx="8" />
    ${
      node
        ? svg`<text class="name" x="12" y="25">${fit(node.name, r.w - 90, mono)}</text>
          <text class="state" x=${r.w - 12} y="25" text-anchor="end">${fit(node.state, 74, sans)}</text>
          ${node.bars.map((b, i) => bar(b, i, r.w))}`
        : svg`<text class="soft" x="12" y="19">${t.pending}</text>`
    }
  </g>`;
}

function bar(b: Bar, i: number, w: number): TemplateResult {
  const y = 40 + i * barHeight;
  const from = 64;
  const room = Math.max(20, w - from - 100);
  const part = b.of > 0 ? Math.min(1, Math.max(0, b.used / b.of)) : 0;
  const width = part === 0 ? 0 : Math.max(3, part * room);
  return svg`<text class="soft" x="12" y=${y + 9}>${fit(b.label, 48, sans)}</text>
    <rect class="track" x=${from} y=${y + 2} width=${room} height="6" rx="3" />
    <rect class="fill" x=${from} y=${y + 2} width=${width} height="6" rx="3" />
    <text class="soft" x=${w - 12} y=${y + 9} text-anchor="end">${fit(b.text, 86, sans)}</text>`;
}

function podCell(p: PodPlace, s: PictureState): TemplateResult {
  if (s.layout.density === 'dot') return podDot(p, s);
  const { pod } = p;
  return svg`<g role="gridcell" class="pod tone-${pod.tone}" id=${cellId(pod.key)} data-key=${pod.key}
      tabindex=${s.stop === pod.key ? 0 : -1} aria-selected=${s.chosen === pod.key}
      transform="translate(${p.x},${p.y})">
    <title>${titleOf(pod)}</title>
    <g aria-hidden="true">
      <rect class="plate" x="0.75" y="0.75" width=${p.w - 1.5} height=${p.h - 1.5} rx="8" />
      ${pod.hue < 0 ? nothing : svg`<path class="band band-${pod.hue % bands}" d="M3.2 ${p.h > 30 ? 9 : 6}V${p.h - (p.h > 30 ? 9 : 6)}" />`}
      ${inside(p, pod, s.layout.density)}
    </g>
    <rect class="ring" x="-1.5" y="-1.5" width=${p.w + 3} height=${p.h + 3} rx="10" />
  </g>`;
}

/** A pod of a crowd, of as few elements as can be: each has its price when hundreds change. */
function podDot(p: PodPlace, s: PictureState): TemplateResult {
  const { pod } = p;
  return svg`<g role="gridcell" class="pod dot tone-${pod.tone}" id=${cellId(pod.key)} data-key=${pod.key}
      tabindex=${s.stop === pod.key ? 0 : -1} aria-selected=${s.chosen === pod.key} transform="translate(${p.x},${p.y})">
    <title>${titleOf(pod)}</title>
    <rect class="plate" x="0.75" y="0.75" width="22.5" height="22.5" rx="8" />
    ${pod.hue < 0 ? nothing : svg`<path class="band band-${pod.hue % bands}" d="M3.2 6V18" />`}
    <path class="shape" transform="translate(12,12)" d=${outline(pod.shape, 7)} />
  </g>`;
}

function titleOf(pod: PodItem): string {
  return pod.group === '' ? pod.text : `${pod.text}, ${pod.group}`;
}

function inside(p: PodPlace, pod: PodItem, density: Exclude<Density, 'dot'>): TemplateResult {
  switch (density) {
    case 'card':
      return svg`<path class="shape" transform="translate(19,18)" d=${outline(pod.shape, 8)} />
        <text class="name" x="36" y="17">${fit(pod.name, p.w - 46, mono)}</text>
        <text class="state" x="36" y="32">${fit(pod.state, p.w - 46 - 26, sans)}</text>
        <text class="soft" x=${p.w - 10} y="32" text-anchor="end">${pod.ready}</text>
        ${pips(p, pod)}`;
    case 'chip':
      return svg`<path class="shape" transform="translate(14,14)" d=${outline(pod.shape, 6)} />
        <text class="name" x="25" y="18">${fit(pod.name, p.w - 30, mono)}</text>`;
    default:
      return density satisfies never;
  }
}

/** One mark for each step of a pod's way, along the card's lower edge. */
function pips(p: PodPlace, pod: PodItem): TemplateResult[] {
  const from = 10;
  const n = Math.max(1, pod.steps.length);
  const each = (p.w - 2 * from + 3) / n;
  return pod.steps.map(
    (s, i) => svg`<rect class="pip ${s.done ? 'done' : ''}" x=${from + i * each} y=${p.h - 8} width=${each - 3} height="3" rx="1.5" />`,
  );
}

/** A key as an id: keys hold slashes and dots, which ids may, but spaces they may not. */
export function cellId(key: string): string {
  return `cell-${key.replace(/\s/g, '_')}`;
}
