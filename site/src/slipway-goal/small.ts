/** The cluster's drawing, small: the same cells as in the large one, without bars, close together. Pure: widths in, places out. */

import type { NodeItem, PodItem, ServiceItem } from '../model.js';
import { pendingKey, type Density, type Layout, type PodPlace, type Row, type ServicePlace } from '../slipway-cluster/layout.js';
import { filled, type Slots, type World } from '../session/world.js';

const gap = 8;
const inset = 10;
const head = 36;
const captionHeight = 24;
const narrowest = 190;
const widest = 420;
/** With more pods than this they are drawn as shapes alone. */
const most = 40;

const sizes = { chip: { w: 84, h: 28, gap: 4 }, dot: { w: 24, h: 24, gap: 2 } } as const;

export function small(width: number, world: Pick<World, 'nodes' | 'pods' | 'services'>): Layout {
  const pods = filled(world.pods);
  const density: Density & ('chip' | 'dot') = pods.length > most ? 'dot' : 'chip';
  const on = (slot: number) => pods.filter(([, p]) => (world.nodes[p.node] === undefined ? -1 : p.node) === slot);
  const pending = pendingRow(width, density, on(-1));
  const servicesTop = pending ? pending.h + gap : 0;
  const services = serviceRow(width, servicesTop + 18, world.services);
  const top = Math.max(pending ? pending.h + gap : 0, ...services.map((p) => p.y + p.h + gap));
  const nodes = nodeRows(width, top, density, world.nodes, on);
  const rows = pending ? [pending, ...nodes] : nodes;
  const height = Math.max(0, ...rows.map((r) => r.y + r.h), ...services.map((p) => p.y + p.h));
  return { width, height, density, services, servicesTop, rows, room: { pending: 0, node: 0 } };
}

type Entries = readonly (readonly [slot: number, pod: PodItem])[];

function pendingRow(width: number, density: 'chip' | 'dot', pods: Entries): Row | undefined {
  if (pods.length === 0) return undefined;
  const places = place(inset, captionHeight + 4, width - 2 * inset, density, pods);
  return { x: 0, y: 0, w: width, h: bottom(places) + inset, node: undefined, key: pendingKey, pods: places };
}

function serviceRow(width: number, top: number, services: Slots<ServiceItem>): readonly ServicePlace[] {
  const w = Math.min(230, width);
  const columns = Math.max(1, Math.floor((width + gap) / (w + gap)));
  return filled(services).map(([, service], i) => (
    { service, x: (i % columns) * (w + gap), y: top + Math.floor(i / columns) * 36, w, h: 30 }
  ));
}

function nodeRows(width: number, top: number, density: 'chip' | 'dot', nodes: Slots<NodeItem>, on: (slot: number) => Entries): readonly Row[] {
  const all = filled(nodes);
  const columns = Math.max(1, Math.min(all.length, Math.floor((width + gap) / (narrowest + gap))));
  const w = Math.min(widest, Math.floor((width - (columns - 1) * gap) / columns));
  const rows: Row[] = [];
  let y = top;
  for (let first = 0; first < all.length; first += columns) {
    const line = all.slice(first, first + columns).map(([slot, node], i): Row => {
      const x = i * (w + gap);
      const pods = place(x + inset, y + head, w - 2 * inset, density, on(slot));
      return { x, y, w, h: Math.max(head, bottom(pods) + 8 - y), node, key: node.key, pods };
    });
    const h = Math.max(...line.map((r) => r.h));
    rows.push(...line.map((r) => ({ ...r, h })));
    y += h + gap;
  }
  return rows;
}

function place(x: number, y: number, width: number, density: 'chip' | 'dot', pods: Entries): readonly PodPlace[] {
  const size = sizes[density];
  const columns = Math.max(1, Math.floor((width + size.gap) / (size.w + size.gap)));
  const w = density === 'dot' ? size.w : Math.floor((width - (columns - 1) * size.gap) / columns);
  return pods.map(([slot, pod], i) => ({
    slot, pod, w, h: size.h, x: x + (i % columns) * (w + size.gap), y: y + Math.floor(i / columns) * (size.h + size.gap),
  }));
}

function bottom(places: readonly PodPlace[]): number {
  return Math.max(0, ...places.map((p) => p.y + p.h));
}
