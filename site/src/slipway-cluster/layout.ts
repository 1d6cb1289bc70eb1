/** Where nodes and pods stand in the picture. Pure: widths in, places out, all in CSS pixels. */

import type { NodeItem, PodItem } from '../model.js';
import { filled, type Slots } from '../session/world.js';

/** How much of a pod is drawn: name and progress, name alone, or its shape alone. */
export type Density = 'card' | 'chip' | 'dot';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface PodPlace extends Box {
  readonly slot: number;
  readonly pod: PodItem;
}

export interface Row extends Box {
  /** The node; undefined for the row of pods that have none. */
  readonly node: NodeItem | undefined;
  readonly key: string;
  readonly pods: readonly PodPlace[];
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly density: Density;
  /** The pods without a node first, then the nodes in order of their slots. */
  readonly rows: readonly Row[];
}

export const pendingKey = 'pending';
export const barHeight = 18;
export const headHeight = 40;
const gap = 12;
const inset = 10;
const narrowest = 196;
const widest = 420;
/** The caption of the pods without a node stands beside them where there is room, else above. */
const caption = { w: 118, h: 28, room: 520 };

const sizes: Readonly<Record<Density, { readonly w: number; readonly h: number; readonly gap: number }>> = {
  card: { w: 172, h: 46, gap: 6 },
  chip: { w: 86, h: 28, gap: 4 },
  dot: { w: 24, h: 24, gap: 2 },
};

/** The most pods on any one node decide: a crowd is drawn small everywhere, so that sizes can be compared. */
export function densityOf(crowd: number): Density {
  if (crowd <= 6) return 'card';
  return crowd <= 30 ? 'chip' : 'dot';
}

export function layout(width: number, nodes: Slots<NodeItem>, pods: Slots<PodItem>): Layout {
  const byNode = new Map<number, (readonly [number, PodItem])[]>();
  for (const entry of filled(pods)) {
    const at = nodes[entry[1].node] === undefined ? -1 : entry[1].node;
    const list = byNode.get(at);
    if (list) list.push(entry);
    else byNode.set(at, [entry]);
  }
  const density = densityOf(Math.max(0, ...[...byNode.values()].map((l) => l.length)));
  const pending = pendingRow(width, density, byNode.get(-1) ?? []);
  const boxes = nodeRows(width, pending.h + gap, density, filled(nodes), byNode);
  const height = Math.max(pending.h, ...boxes.map((b) => b.y + b.h));
  return { width, height, density, rows: [pending, ...boxes] };
}

function pendingRow(width: number, density: Density, pods: readonly (readonly [number, PodItem])[]): Row {
  const x = width >= caption.room ? caption.w : inset;
  const y = width >= caption.room ? inset : caption.h;
  const places = place({ x, y, w: width - x - inset }, density, pods, false);
  const h = y + Math.max(sizes[density].h, heightOf(places, y)) + inset;
  return { x: 0, y: 0, w: width, h, node: undefined, key: pendingKey, pods: places };
}

function nodeRows(
  width: number,
  top: number,
  density: Density,
  nodes: readonly (readonly [number, NodeItem])[],
  byNode: ReadonlyMap<number, readonly (readonly [number, PodItem])[]>,
): readonly Row[] {
  const fit = Math.max(1, Math.floor((width + gap) / (narrowest + gap)));
  const columns = Math.max(1, Math.min(fit, nodes.length));
  const w = Math.min(widest, Math.floor((width - (columns - 1) * gap) / columns));
  const rows: Row[] = [];
  let y = top;
  for (let first = 0; first < nodes.length; first += columns) {
    const line = nodes.slice(first, first + columns).map(([slot, node], i): Row => {
      const x = i * (w + gap);
      const under = y + headHeight + node.bars.length * barHeight + inset;
      const pods = place({ x: x + inset, y: under, w: w - 2 * inset }, density, byNode.get(slot) ?? [], true);
      const h = under - y + Math.max(sizes[density].h, heightOf(pods, under)) + inset;
      return { x, y, w, h, node, key: node.key, pods };
    });
    const tallest = Math.max(...line.map((r) => r.h));
    rows.push(...line.map((r) => ({ ...r, h: tallest })));
    y += tallest + gap;
  }
  return rows;
}

/** Fills an area line by line; cards on a node are as wide as it is, up to two beside each other. */
function place(
  area: { readonly x: number; readonly y: number; readonly w: number },
  density: Density,
  pods: readonly (readonly [number, PodItem])[],
  stretch: boolean,
): readonly PodPlace[] {
  const size = sizes[density];
  const columns = Math.max(1, Math.floor((area.w + size.gap) / (size.w + size.gap)));
  const w = stretch && density !== 'dot' ? Math.floor((area.w - (columns - 1) * size.gap) / columns) : Math.min(size.w, area.w);
  return pods.map(([slot, pod], i) => ({
    slot,
    pod,
    x: area.x + (i % columns) * (w + size.gap),
    y: area.y + Math.floor(i / columns) * (size.h + size.gap),
    w,
    h: size.h,
  }));
}

function heightOf(places: readonly PodPlace[], top: number): number {
  return Math.max(0, ...places.map((p) => p.y + p.h - top));
}

/** The text cut to fit a width, given the width of one of its characters. */
export function fit(text: string, width: number, char: number): string {
  const room = Math.max(1, Math.floor(width / char));
  return text.length <= room ? text : `${text.slice(0, Math.max(0, room - 1))}…`;
}
