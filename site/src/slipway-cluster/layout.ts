/** Where nodes and pods stand in the picture. Pure: widths in, places out, all in CSS pixels. */

import type { NodeItem, PodItem, ServiceItem } from '../model.js';
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

export interface ServicePlace extends Box {
  readonly service: ServiceItem;
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
  /** Services in lines under a caption, which stands at `servicesTop`. */
  readonly services: readonly ServicePlace[];
  readonly servicesTop: number;
  /** The pods without a node first, then the nodes in order of their slots. */
  readonly rows: readonly Row[];
  readonly room?: Room;
}

/** The height kept free for pods without a node, and for those of each node, of a crowd. */
export interface Room {
  readonly pending: number;
  readonly node: number;
}

const noRoom: Room = { pending: 0, node: 0 };

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

/** So many pods are a crowd: they are drawn as shapes alone, without motion. */
export const crowd = 150;

/** The most pods on any one node decide, and how many there are: a crowd is drawn small everywhere, so that sizes can be compared. */
export function densityOf(most: number, all: number): Density {
  if (all > crowd) return 'dot';
  if (most <= 6) return 'card';
  return most <= 30 ? 'chip' : 'dot';
}

/** Given the layout before, a crowd keeps the room it had: pods that come and go move nothing else. */
export function layout(width: number, nodes: Slots<NodeItem>, pods: Slots<PodItem>, services: Slots<ServiceItem> = [], before?: Layout): Layout {
  const byNode = new Map<number, (readonly [number, PodItem])[]>();
  for (const entry of filled(pods)) {
    const at = nodes[entry[1].node] === undefined ? -1 : entry[1].node;
    const list = byNode.get(at);
    if (list) list.push(entry);
    else byNode.set(at, [entry]);
  }
  const sizes = [...byNode.values()].map((l) => l.length);
  const density = densityOf(Math.max(0, ...sizes), sizes.reduce((sum, n) => sum + n, 0));
  const had = density === 'dot' && before?.density === density && before.width === width ? (before.room ?? noRoom) : noRoom;
  const pending = pendingRow(width, density, byNode.get(-1) ?? [], had.pending);
  const servicesTop = pending.h + gap;
  const placed = serviceRow(width, servicesTop + 20, filled(services).map(([, service]) => service));
  const under = Math.max(pending.h, ...placed.map((p) => p.y + p.h));
  const here = filled(nodes);
  const w = columnsOf(width, here.length).w;
  const node = density === 'dot' ? kept(had.node, roomForDots(w - 2 * inset, Math.max(0, ...here.map(([slot]) => byNode.get(slot)?.length ?? 0)))) : 0;
  const boxes = nodeRows(width, under + gap, density, here, byNode, node);
  const height = Math.max(under, ...boxes.map((b) => b.y + b.h));
  return { width, height, density, services: placed, servicesTop, rows: [pending, ...boxes], room: { pending: pending.h, node } };
}

/** Room is given back only when most of it is no longer wanted. */
function kept(had: number, wanted: number): number {
  return wanted > had || wanted * 3 < had ? wanted : had;
}

/** Left of Services: where requests from outside come in. */
const entrance = 28;

/** Services in lines, each as wide as the others. */
function serviceRow(width: number, top: number, services: readonly ServiceItem[]): readonly ServicePlace[] {
  const room = width - entrance;
  const size = { w: Math.min(230, room), h: 30, gap: 8 };
  const columns = Math.max(1, Math.floor((room + size.gap) / (size.w + size.gap)));
  return services.map((service, i) => ({
    service,
    x: entrance + (i % columns) * (size.w + size.gap),
    y: top + Math.floor(i / columns) * (size.h + size.gap),
    w: size.w,
    h: size.h,
  }));
}

function pendingRow(width: number, density: Density, pods: readonly (readonly [number, PodItem])[], had: number): Row {
  const x = width >= caption.room ? caption.w : inset;
  const y = width >= caption.room ? inset : caption.h;
  const places = place({ x, y, w: width - x - inset }, density, pods, false);
  const h = kept(had, y + Math.max(sizes[density].h, heightOf(places, y)) + inset);
  return { x: 0, y: 0, w: width, h, node: undefined, key: pendingKey, pods: places };
}

function columnsOf(width: number, nodes: number): { readonly columns: number; readonly w: number } {
  const fit = Math.max(1, Math.floor((width + gap) / (narrowest + gap)));
  const columns = Math.max(1, Math.min(fit, nodes));
  return { columns, w: Math.min(widest, Math.floor((width - (columns - 1) * gap) / columns)) };
}

function nodeRows(
  width: number,
  top: number,
  density: Density,
  nodes: readonly (readonly [number, NodeItem])[],
  byNode: ReadonlyMap<number, readonly (readonly [number, PodItem])[]>,
  reserved: number,
): readonly Row[] {
  const { columns, w } = columnsOf(width, nodes.length);
  const rows: Row[] = [];
  let y = top;
  for (let first = 0; first < nodes.length; first += columns) {
    const line = nodes.slice(first, first + columns).map(([slot, node], i): Row => {
      const x = i * (w + gap);
      const under = y + headHeight + node.bars.length * barHeight + inset;
      const pods = place({ x: x + inset, y: under, w: w - 2 * inset }, density, byNode.get(slot) ?? [], true);
      const h = under - y + Math.max(sizes[density].h, heightOf(pods, under), reserved) + inset;
      return { x, y, w, h, node, key: node.key, pods };
    });
    const tallest = Math.max(...line.map((r) => r.h));
    rows.push(...line.map((r) => ({ ...r, h: tallest })));
    y += tallest + gap;
  }
  return rows;
}

/** In a crowd every node has room for a quarter more than the fullest has, so that a pod that comes or goes moves no other node. */
function roomForDots(width: number, fullest: number): number {
  const { w, h, gap: between } = sizes.dot;
  const columns = Math.max(1, Math.floor((width + between) / (w + between)));
  return Math.ceil((fullest * 1.25) / columns) * (h + between) - between;
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

/** The part of the picture on screen, from `top` to `bottom`, and a little around it. */
export interface Span {
  readonly top: number;
  readonly bottom: number;
}

/** Of a crowd only the rows on screen are drawn; `keep` names one that is drawn in any case. */
export function drawnRows(l: Layout, on: Span, keep: string): readonly Row[] {
  if (l.density !== 'dot') return l.rows;
  return l.rows.filter((r) => (r.y < on.bottom && r.y + r.h > on.top) || r.key === keep || r.pods.some((p) => p.pod.key === keep));
}

/** The text cut to fit a width, given the width of one of its characters. */
export function fit(text: string, width: number, char: number): string {
  const room = Math.max(1, Math.floor(width / char));
  return text.length <= room ? text : `${text.slice(0, Math.max(0, room - 1))}…`;
}
