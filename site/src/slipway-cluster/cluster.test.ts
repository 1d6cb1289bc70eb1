import { expect, test } from 'vitest';
import { node, pod } from '../testing.js';
import { move, stop } from './grid.js';
import { densityOf, drawnRows, fit, layout, pendingKey, type Box } from './layout.js';
import { outline } from './shapes.js';

const nodes = [node('node-1'), node('node-2'), node('node-3')];

function apart(a: Box, b: Box): boolean {
  return a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
}

test.each([
  [328, 2], [328, 200], [700, 0], [700, 7], [900, 40], [1400, 120],
])('at %d px, %d pods stand in their boxes and none on another', (width, count) => {
  const pods = Array.from({ length: count }, (_, i) => pod(`p${i}`, (i % 4) - 1));
  const { rows, height } = layout(width, nodes, pods);
  const all = rows.flatMap((r) => r.pods);
  expect(all).toHaveLength(count);
  for (const r of rows) {
    expect(r.x + r.w).toBeLessThanOrEqual(width);
    expect(r.y + r.h).toBeLessThanOrEqual(height);
    for (const p of r.pods) {
      expect(p.x).toBeGreaterThanOrEqual(r.x);
      expect(p.x + p.w).toBeLessThanOrEqual(r.x + r.w);
      expect(p.y + p.h).toBeLessThanOrEqual(r.y + r.h);
      expect(Math.min(p.w, p.h), 'a target is at least 24 px').toBeGreaterThanOrEqual(24);
    }
  }
  for (const [i, a] of all.entries()) for (const b of all.slice(i + 1)) expect(apart(a, b)).toBe(true);
});

/** Numbers below n that look drawn by chance, the same ones for the same seed. */
function chance(seed: number): (n: number) => number {
  let state = seed * 2654435761;
  return (n) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 3266489917) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

test('in any world pods stand apart, and one more or one less moves none of those before it', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const draw = chance(seed);
    const width = 240 + draw(1300);
    const machines = Array.from({ length: 1 + draw(12) }, (_, i) => node(`node-${i}`));
    const pods = Array.from({ length: draw(90) }, (_, i) => pod(`pod-${'x'.repeat(draw(20))}${i}`, draw(machines.length + 1) - 1));
    const before = layout(width, machines, pods);
    for (const r of before.rows) for (const [i, a] of r.pods.entries()) for (const b of r.pods.slice(i + 1)) expect(apart(a, b), `seed ${seed}`).toBe(true);
    for (const [i, a] of before.rows.entries()) for (const b of before.rows.slice(i + 1)) expect(apart(a, b), `seed ${seed}`).toBe(true);

    const gone = draw(pods.length);
    for (const [what, next] of [['more', [...pods, pod('new', draw(machines.length + 1) - 1)]], ['less', pods.map((p, i) => (i === gone ? undefined : p))]] as const) {
      const after = layout(width, machines, next, [], before);
      if (after.density !== before.density) continue; // all are drawn in another size
      for (const [i, row] of before.rows.entries()) {
        const same = after.rows[i];
        expect([same?.key, same?.x, same?.w], `seed ${seed}, one ${what}`).toEqual([row.key, row.x, row.w]);
        const changed = row.pods.findIndex((p) => p.pod === pods[gone]);
        const stay = what === 'less' && changed >= 0 ? changed : row.pods.length;
        const within = (r: typeof row) => r.pods.slice(0, stay).map((p) => [p.pod.key, p.x - r.x, p.y - r.y]);
        expect(same && within(same), `seed ${seed}, one ${what}`).toEqual(within(row));
      }
    }
  }
});

test('a pod whose node is gone stands with those that have none', () => {
  const { rows } = layout(700, [node('node-1'), undefined], [pod('a', 1), pod('b', -1), pod('c', 0)]);
  expect(rows[0]?.key).toBe(pendingKey);
  expect(rows[0]?.pods.map((p) => p.pod.name)).toEqual(['a', 'b']);
});

test('a crowd is drawn small', () => {
  expect([0, 6, 7, 30, 31].map((most) => densityOf(most, 100))).toEqual(['card', 'card', 'chip', 'chip', 'dot']);
  expect([densityOf(3, 150), densityOf(3, 151)]).toEqual(['card', 'dot']);
});

test('of a crowd only what is on screen is drawn, and what has the tab stop', () => {
  const many = Array.from({ length: 50 }, (_, i) => node(`node-${i}`));
  const l = layout(800, many, Array.from({ length: 500 }, (_, i) => pod(`p${i}`, i % 50)));
  const rows = drawnRows(l, { top: 500, bottom: 800 }, 'pod/default/p49');
  expect(rows.length).toBeLessThan(15);
  for (const r of l.rows) {
    const on = r.y < 800 && r.y + r.h > 500;
    expect(rows.includes(r)).toBe(on || r.key === 'node/node-49');
  }
  const few = layout(800, many, [pod('a', 0)]);
  expect(drawnRows(few, { top: 500, bottom: 800 }, ''), 'a few are drawn all').toBe(few.rows);
});

test('text that does not fit ends in an ellipsis', () => {
  expect(fit('web', 100, 7)).toBe('web');
  expect(fit('a-very-long-name', 35, 7)).toBe('a-ve…');
  expect(fit('abc', 0, 7)).toBe('…');
});

const rows = [['pending'], ['n1', 'a', 'b'], ['n2', 'c']];

test.each([
  ['n1', 'ArrowRight', 'a'], ['b', 'ArrowRight', 'b'], ['n1', 'ArrowLeft', 'n1'], ['b', 'ArrowDown', 'c'], ['pending', 'ArrowUp', 'pending'],
  ['c', 'ArrowUp', 'a'], ['b', 'Home', 'n1'], ['n1', 'End', 'b'], ['a', 'x', undefined],
])('from %s, %s leads to %s', (at, key, want) => {
  expect(move(rows, at, key, false)).toBe(want);
});

test('the tab stop stays while its pod is there, and is always one that exists', () => {
  expect(move(rows, 'b', 'Home', true)).toBe('pending');
  expect(move(rows, 'pending', 'End', true)).toBe('c');
  expect(stop(rows, 'b')).toBe('b');
  expect(stop(rows, 'gone')).toBe('pending');
});

test('each shape has an outline of its own', () => {
  const shapes = ['circle', 'square', 'triangle', 'diamond', 'dash'] as const;
  expect(new Set(shapes.map((s) => outline(s, 8))).size).toBe(shapes.length);
});
