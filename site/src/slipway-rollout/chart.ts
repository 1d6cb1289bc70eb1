/** A rollout as areas over time. Pure: points in, paths out, in CSS pixels. */

import type { Rollout, RolloutPoint } from '../panels.js';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Room around the areas, for the axes' words. */
export const margin = { left: 34, right: 10, top: 8, bottom: 22 };

export interface Layer {
  readonly key: string;
  readonly path: string;
}

export interface Chart {
  /** Replicas of each set, on top of one another, in the order of the sets. */
  readonly layers: readonly Layer[];
  /** Between the number wanted and the most there may be, and between the least and the number wanted. */
  readonly surge: string;
  readonly unavailable: string;
  readonly wanted: string;
  /** The fewest available pods, as a line. */
  readonly available: string;
  readonly lost: readonly { readonly x: number; readonly count: number }[];
  readonly ticks: readonly { readonly y: number; readonly value: number }[];
  readonly x: (ms: number) => number;
  readonly y: (pods: number) => number;
}

export function chart(r: Rollout, size: Size): Chart {
  const span = Math.max(1, r.to - r.from);
  const top = Math.max(1, ...r.points.map((p) => Math.max(p.most, p.high)), r.most);
  const w = size.width - margin.left - margin.right;
  const h = size.height - margin.top - margin.bottom;
  const x = (ms: number) => round(margin.left + (Math.min(r.to, Math.max(r.from, ms)) - r.from) * (w / span));
  const y = (pods: number) => round(margin.top + h - (Math.min(top, Math.max(0, pods)) / top) * h);
  const end = x(r.to);
  const band = (low: (p: RolloutPoint) => number, high: (p: RolloutPoint) => number) => area(r.points, x, y, end, low, high);
  return {
    layers: r.sets.map((s, i) => ({ key: s.key, path: band((p) => below(p, i), (p) => below(p, i + 1)) })),
    surge: band((p) => p.wanted, (p) => p.most),
    unavailable: band((p) => p.least, (p) => p.wanted),
    wanted: line(r.points, x, y, end, (p) => p.wanted),
    available: line(r.points, x, y, end, (p) => p.low),
    lost: losses(r.points).map(({ ms, count }) => ({ x: x(ms), count })),
    ticks: ticks(top).map((value) => ({ value, y: y(value) })),
    x,
    y,
  };
}

/** How many replicas lie below the i-th set. */
function below(p: RolloutPoint, i: number): number {
  return p.sets.slice(0, i).reduce((sum, [replicas]) => sum + replicas, 0);
}

/** What was lost at each point, without those at which nothing was. */
export function losses(points: readonly RolloutPoint[]): readonly { readonly ms: number; readonly count: number }[] {
  return points
    .map((p, i) => ({ ms: p.ms, count: i === 0 ? 0 : p.lost - (points[i - 1]?.lost ?? 0) }))
    .filter((l) => l.count > 0);
}

/** Whole numbers for the axis: nothing, the top, and a few between. */
export function ticks(top: number): readonly number[] {
  const step = [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000].find((s) => top / s <= 5) ?? Math.ceil(top / 5);
  const all = Array.from({ length: Math.floor(top / step) + 1 }, (_, i) => i * step);
  return all.at(-1) === top || top - (all.at(-1) ?? 0) < step / 2 ? all : [...all, top];
}

type Scale = (value: number) => number;

/** Between two edges that move in steps. */
function area(points: readonly RolloutPoint[], x: Scale, y: Scale, end: number, low: (p: RolloutPoint) => number, high: (p: RolloutPoint) => number): string {
  if (points.length === 0) return '';
  const there = steps(points, x, (p) => y(high(p)), end);
  const back = steps(points, x, (p) => y(low(p)), end).reverse();
  return `M${[...there, ...back].map(([px, py]) => `${px} ${py}`).join('L')}Z`;
}

function line(points: readonly RolloutPoint[], x: Scale, y: Scale, end: number, value: (p: RolloutPoint) => number): string {
  if (points.length === 0) return '';
  return `M${steps(points, x, (p) => y(value(p)), end).map(([px, py]) => `${px} ${py}`).join('L')}`;
}

/** Each value holds until the next point; the last one to the end. */
function steps(points: readonly RolloutPoint[], x: Scale, y: (p: RolloutPoint) => number, end: number): [number, number][] {
  return points.flatMap((p, i): [number, number][] => {
    const next = points[i + 1];
    return [[x(p.ms), y(p)], [next ? x(next.ms) : end, y(p)]];
  });
}

function round(v: number): number {
  return Math.round(v * 10) / 10;
}
