/** The ways requests take through the picture: from whoever asks, by the Service, to pods. Pure. */

import type { Tone, TrafficItem } from '../model.js';
import { filled, type Slots } from '../session/world.js';
import type { Box, Layout } from './layout.js';

export interface Flow {
  readonly key: string;
  readonly tone: Tone;
  readonly path: string;
  /** Requests that ended on this way in the last second. */
  readonly count: number;
}

/** So many ways of one stream are drawn, those with the most requests. */
const most = 24;

export function flows(layout: Layout, traffic: Slots<TrafficItem>): readonly Flow[] {
  const streams = filled(traffic);
  if (streams.length === 0) return [];
  const places = new Map<string, Box>();
  for (const p of layout.services) places.set(p.service.key, p);
  for (const r of layout.rows) for (const p of r.pods) places.set(p.pod.key, p);
  return streams.flatMap(([, stream]) => ways(stream, places));
}

function ways(stream: TrafficItem, places: ReadonlyMap<string, Box>): readonly Flow[] {
  if (stream.lastEnded === 0) return [];
  const service = places.get(stream.service);
  const from = places.get(stream.fromPod);
  const list: Flow[] = [];
  if (service) {
    // Who asks from outside comes in from the left edge.
    const path = from ? curve({ x: from.x + 14, y: from.y }, { x: service.x + 24, y: service.y + service.h }) : `M0 ${service.y + service.h / 2}H${service.x + 6}`;
    list.push({ key: `${stream.key} in`, tone: stream.tone, path, count: stream.lastEnded });
  }
  const start = service ? { x: service.x + service.w / 2, y: service.y + service.h } : from ? middle(from) : { x: 0, y: 0 };
  const busiest = [...stream.pods].sort((a, b) => b.ended - a.ended).slice(0, most);
  for (const p of busiest) {
    const to = places.get(p.key);
    if (!to) continue;
    const tone = p.ok === p.ended ? 'ok' : p.ok === 0 ? 'bad' : 'warn';
    list.push({ key: `${stream.key} ${p.key}`, tone, path: curve(start, { x: to.x + to.w / 2, y: to.y }), count: p.ended });
  }
  return list;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function middle(b: Box): Point {
  return { x: b.x + b.w / 2, y: b.y + b.h / 2 };
}

function curve(a: Point, b: Point): string {
  const bend = (b.y - a.y) / 2;
  return `M${a.x} ${a.y}C${a.x} ${a.y + bend} ${b.x} ${b.y - bend} ${b.x} ${b.y}`;
}
