/** Where namespaces, their devices and the cables between them stand in the picture. Pure. */

import type { LinkItem, NetworkItem } from '../machine.js';

export const deviceHeight = 38;
const head = 46;
const routeHeight = 17;
const gap = 64;
const widest = 300;
const narrowest = 210;
/** Devices and routes of one namespace that are drawn; the table has all. */
const most = 12;

export interface DevicePlace {
  readonly link: LinkItem;
  readonly y: number;
  /** Where the bridge stands that it is a port of; undefined without one. */
  readonly bridge: number | undefined;
}

export interface Box {
  readonly item: NetworkItem;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly devices: readonly DevicePlace[];
  readonly routes: readonly { readonly text: string; readonly y: number }[];
  /** Devices and routes that are not drawn. */
  readonly more: number;
}

export interface Cable {
  readonly path: string;
  /** Whether something gets through: both ends are up. */
  readonly carries: boolean;
  readonly key: string;
}

export interface Wiring {
  readonly boxes: readonly Box[];
  readonly cables: readonly Cable[];
  readonly height: number;
}

export function wiring(width: number, items: readonly NetworkItem[]): Wiring {
  const columns = Math.max(1, Math.min(items.length, Math.floor((width + gap) / (narrowest + gap))));
  const boxWidth = Math.min(widest, columns === 1 ? width - 36 : (width - gap * (columns - 1)) / columns);
  const bottoms = Array.from({ length: columns }, () => 0);
  const boxes = items.map((item, i) => {
    const column = i % columns;
    const box = boxAt(item, column * (boxWidth + gap), bottoms[column] ?? 0, boxWidth);
    bottoms[column] = box.y + box.height + 20;
    return box;
  });
  return { boxes, cables: cables(boxes), height: Math.max(0, ...bottoms) };
}

function boxAt(item: NetworkItem, x: number, y: number, width: number): Box {
  const links = item.links.slice(0, most);
  const placed = links.map((link, i) => ({ link, y: y + head + i * deviceHeight }));
  const devices = placed.map((d) => ({ ...d, bridge: d.link.master === '' ? undefined : placed.find((b) => b.link.name === d.link.master)?.y }));
  const below = y + head + links.length * deviceHeight + 8;
  const routes = item.routes.slice(0, most).map((text, i) => ({ text, y: below + i * routeHeight }));
  const more = item.links.length - links.length + item.routes.length - routes.length;
  return { item, x, y, width, devices, routes, more, height: below - y + Math.max(1, routes.length) * routeHeight + (more > 0 ? routeHeight : 0) + 6 };
}

/** Each cable once: from the end that stands first. */
function cables(boxes: readonly Box[]): readonly Cable[] {
  const ends = new Map<string, { readonly box: Box; readonly d: DevicePlace }>(boxes.flatMap((box) => box.devices.map((d) => [`${box.item.key} ${d.link.name}`, { box, d }] as const)));
  const order = [...ends.keys()];
  return [...ends].flatMap(([key, { box, d }]): readonly Cable[] => {
    const other = `${d.link.peerIn} ${d.link.peer}`;
    const end = ends.get(other);
    if (d.link.peer === '' || !end || order.indexOf(other) < order.indexOf(key)) return [];
    return [{ path: cable(box, d.y, end.box, end.d.y), carries: d.link.up && end.d.link.up, key: `${key} ${other}` }];
  });
}

function cable(a: Box, ya: number, b: Box, yb: number): string {
  const middle = deviceHeight / 2;
  const [from, to] = [ya + middle, yb + middle];
  if (a.x === b.x) {
    const right = a.x + a.width;
    return `M${right} ${from}C${right + 40} ${from} ${right + 40} ${to} ${right} ${to}`;
  }
  const [left, right, y1, y2] = a.x < b.x ? [a, b, from, to] : [b, a, to, from];
  const [x1, x2] = [left.x + left.width, right.x];
  const bend = Math.min(gap, (x2 - x1) / 2);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}
