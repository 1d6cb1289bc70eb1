import { expect, test } from 'vitest';
import type { Rollout, RolloutPoint } from '../panels.js';
import { chart, losses, margin, ticks } from './chart.js';

const size = { width: 400, height: 200 };

function point(ms: number, old: number, fresh: number, lost = 0): RolloutPoint {
  return { ms, wanted: 10, most: 13, least: 8, high: old + fresh, low: Math.min(10, old + fresh), ended: 100, lost, sets: [[old, old], [fresh, fresh]] };
}

function rollout(points: readonly RolloutPoint[]): Rollout {
  const set = (name: string) => ({ key: `replicaset/default/${name}`, name, image: 'nginx', revision: '1', current: false, replicas: 0, available: 0 });
  return {
    key: 'deployment/default/web', label: 'web', namespace: 'default', wanted: 10, most: 13, least: 8, updated: 0, available: 0, paused: false,
    from: 0, to: 10_000, sets: [set('old'), set('new')], points,
  };
}

const points = Array.from({ length: 11 }, (_, i) => point(i * 1000, 10 - i, Math.min(10, i + 3), i > 4 ? i : 0));

function corners(path: string): readonly (readonly [number, number])[] {
  return path.slice(1).replace('Z', '').split('L').map((p) => {
    const [x = NaN, y = NaN] = p.split(' ').map(Number);
    return [x, y] as const;
  });
}

test('everything is drawn inside the picture', () => {
  const c = chart(rollout(points), size);
  for (const path of [...c.layers.map((l) => l.path), c.surge, c.unavailable, c.wanted, c.available]) {
    for (const [x, y] of corners(path)) {
      expect(x).toBeGreaterThanOrEqual(margin.left);
      expect(x).toBeLessThanOrEqual(size.width - margin.right);
      expect(y).toBeGreaterThanOrEqual(margin.top);
      expect(y).toBeLessThanOrEqual(size.height - margin.bottom);
    }
  }
});

test('a set lies on the one before it: none covers another', () => {
  const [below, above] = chart(rollout(points), size).layers.map((l) => corners(l.path));
  const n = points.length * 2;
  expect(above?.slice(n).reverse()).toEqual(below?.slice(0, n));
});

test('what comes later changes nothing of what was before', () => {
  const before = corners(chart(rollout(points.slice(0, 6)), size).wanted);
  const after = corners(chart(rollout(points), size).wanted);
  expect(after.slice(0, 11)).toEqual(before.slice(0, 11));
});

test('losses are counted from point to point', () => {
  expect(losses(points).map((l) => [l.ms, l.count])).toEqual([[5000, 5], [6000, 1], [7000, 1], [8000, 1], [9000, 1], [10_000, 1]]);
  expect(losses([])).toEqual([]);
});

test.each([[1, [0, 1]], [4, [0, 1, 2, 3, 4]], [13, [0, 5, 10, 13]], [625, [0, 200, 400, 600]]])('up to %d the axis has %j', (top, want) => {
  expect(ticks(top)).toEqual(want);
});

test('a rollout without a moment has no paths', () => {
  expect(chart(rollout([]), size)).toMatchObject({ surge: '', wanted: '', lost: [] });
});
