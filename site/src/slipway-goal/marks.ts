/** What is different, marked on the goal's picture: a plus on what is missing, another sign on what is there but otherwise. */

import { svg, type TemplateResult } from 'lit';
import type { Box, Layout } from '../slipway-cluster/layout.js';
import type { Layout as LabelsLayout } from '../slipway-labels/regions.js';
import type { Difference } from './compare.js';

export interface Mark extends Box {
  readonly kind: Difference['kind'];
}

/** Where the marks stand on the cluster's drawing. */
export function marksOn(layout: Layout, differences: readonly Difference[]): readonly Mark[] {
  const places = new Map<string, Box>();
  for (const r of layout.rows) {
    places.set(r.key, r);
    for (const p of r.pods) places.set(p.pod.key, p);
  }
  for (const p of layout.services) places.set(p.service.key, p);
  return placed(places, differences);
}

/** The same on the drawing of labels. */
export function marksOnLabels(layout: LabelsLayout, differences: readonly Difference[]): readonly Mark[] {
  return placed(new Map(layout.regions.flatMap((r) => r.chips).map((c) => [c.chip.key, c])), differences);
}

/** One mark a place: what is missing counts more than what is otherwise. */
function placed(places: ReadonlyMap<string, Box>, differences: readonly Difference[]): readonly Mark[] {
  const marks = new Map<string, Mark>();
  for (const { kind, goalKey } of differences) {
    const box = places.get(goalKey);
    const before = marks.get(goalKey);
    if (box && before?.kind !== 'missing') marks.set(goalKey, { x: box.x, y: box.y, w: box.w, h: box.h, kind });
  }
  return [...marks.values()];
}

export function drawMarks(width: number, height: number, marks: readonly Mark[]): TemplateResult {
  return svg`<svg class="marks" width=${width} height=${height} viewBox="0 0 ${width} ${height}">${marks.map((m) => svg`<g class=${m.kind}>
    <rect class="around" x=${m.x - 1.5} y=${m.y - 1.5} width=${m.w + 3} height=${m.h + 3} rx="10" />
    <circle cx=${m.x + m.w - 3} cy=${m.y + 3} r="7" /><path d=${sign(m)} /></g>`)}</svg>`;
}

function sign({ kind, x, y, w }: Mark): string {
  const at = `M${x + w - 6.5} `;
  return kind === 'missing' ? `${at}${y + 3}h7M${x + w - 3} ${y - 0.5}v7` : `${at}${y + 1.4}h7${at}${y + 4.6}h7`;
}
