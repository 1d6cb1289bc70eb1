/** The picture of the sets as SVG: a box for each region, chips in it. */

import { html, nothing, svg, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Messages } from '../messages/messages.js';
import type { LabelSet } from '../panels.js';
import { fit } from '../slipway-cluster/layout.js';
import { outline } from '../slipway-cluster/shapes.js';
import { mono, type ChipPlace, type Density, type Layout, type Region } from './regions.js';

export interface PictureState {
  readonly layout: Layout;
  readonly sets: readonly LabelSet[];
  readonly t: Messages;
  /** Key of the chip with the tab stop. */
  readonly stop: string;
  /** Key of the object on show. */
  readonly object: string;
  /** Place of the set somebody points at. */
  readonly over: number;
}

export function picture(s: PictureState): TemplateResult | typeof nothing {
  const { layout, t } = s;
  if (layout.regions.length === 0) return html`<p class="hint">${t.noPods}</p>`;
  return html`<svg class="picture" role="grid" aria-label=${t.viewNames.labels} width=${layout.width} height=${layout.height}
      viewBox="0 0 ${layout.width} ${layout.height}">${repeat(layout.regions, (r) => r.key, (r) => region(r, s))}</svg>`;
}

function region(r: Region, s: PictureState): TemplateResult {
  const { t } = s;
  const names = r.sets.map((i) => name(s.sets[i], t)).join(', ');
  const lit = r.sets.includes(s.over);
  return svg`<g role="row" class="region ${r.sets.length === 0 ? 'outside' : ''} ${lit ? 'lit' : ''}">
    <rect class="box" x=${r.x + 0.5} y=${r.y + 0.5} width=${r.w - 1} height=${r.h - 1} rx="10" />
    <g role="rowheader">
      ${r.sets.map((i, at) => badge(i, r.x + 20 + at * 24, r.y + 18, i === s.over))}
      <text class="caption" x=${r.x + (r.sets.length === 0 ? 10 : 16 + r.sets.length * 24)} y=${r.y + 22}>${
        fit(names || t.inNoSet, r.w - 30 - r.sets.length * 24, 6.4)}</text>
    </g>
    ${repeat(r.chips, (c) => c.chip.key, (c) => chip(c, s))}
  </g>`;
}

function badge(i: number, x: number, y: number, lit: boolean): TemplateResult {
  return svg`<g class="badge ${lit ? 'lit' : ''}" aria-hidden="true"><circle cx=${x} cy=${y} r="10" /><text x=${x} y=${y + 4} text-anchor="middle">${i + 1}</text></g>`;
}

function name(set: LabelSet | undefined, t: Messages): string {
  return set?.key ? `${set.kind} ${set.name}` : t.yourSelector;
}

function chip(c: ChipPlace, s: PictureState): TemplateResult {
  const { chip } = c;
  return svg`<g role="gridcell" class="chip tone-${chip.tone}" id=${chipId(chip.key)} data-key=${chip.key} data-choose
      tabindex=${s.stop === chip.key ? 0 : -1} aria-selected=${s.object === chip.key} transform="translate(${c.x},${c.y})">
    <title>${chip.name}, ${chip.state}: ${chip.labels.join(', ') || s.t.noLabels}</title>
    <g aria-hidden="true"><rect class="plate" x="0.75" y="0.75" width=${c.w - 1.5} height=${c.h - 1.5} rx="8" />${inside(c, s.layout.density, s.t)}</g>
    <rect class="ring" x="-1.5" y="-1.5" width=${c.w + 3} height=${c.h + 3} rx="10" />
  </g>`;
}

function inside(c: ChipPlace, density: Density, t: Messages): TemplateResult {
  const { chip } = c;
  switch (density) {
    case 'full':
      return svg`<path class="shape" transform="translate(17,15)" d=${outline(chip.shape, 6)} />
        <text class="name" x="30" y="19">${fit(chip.name, c.w - 38, mono)}</text>
        <text class="soft" x="12" y="35">${fit(chip.labels.join(' ') || t.noLabels, c.w - 20, mono * 0.92)}</text>`;
    case 'name':
      return svg`<path class="shape" transform="translate(14,14)" d=${outline(chip.shape, 6)} />
        <text class="name" x="26" y="18">${fit(chip.name, c.w - 32, mono)}</text>`;
    case 'dot':
      return svg`<path class="shape" transform="translate(12,12)" d=${outline(chip.shape, 7)} />`;
    default:
      return density satisfies never;
  }
}

export function chipId(key: string): string {
  return `chip-${key.replace(/\s/g, '_')}`;
}
