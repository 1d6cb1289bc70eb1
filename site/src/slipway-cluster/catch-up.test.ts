import { expect, test } from 'vitest';
import { nothing, type World } from '../session/world.js';
import { node, pod } from '../testing.js';
import { catchUp, caughtUp, type Shown } from './catch-up.js';

function world(pods: number, nodes = 3): World {
  return { ...nothing, nodes: Array.from({ length: nodes }, (_, i) => node(`n${i}`)), pods: Array.from({ length: pods }, (_, i) => pod(`p${i}`, i % nodes)) };
}

test('a few changes are shown at once', () => {
  const w = world(10);
  const shown = catchUp(nothing, w);
  expect(caughtUp(shown, w)).toBe(true);
  expect(catchUp(shown, w)).toBe(shown);
});

test('a crowd comes in steps of so many, and all of it in the end', () => {
  const w = world(500, 50);
  let shown: Shown = nothing;
  let steps = 0;
  while (!caughtUp(shown, w)) {
    const next = catchUp(shown, w, 64);
    const before = shown;
    expect(next.pods.filter((p, i) => p !== before.pods[i]).length).toBeLessThanOrEqual(64);
    shown = next;
    steps++;
  }
  expect(steps).toBe(Math.ceil(500 / 64));
  expect(shown.pods).toBe(w.pods);
});

test('what is gone goes at once, and a world that shrinks is reached', () => {
  const w = world(300);
  const shown = { nodes: w.nodes, pods: w.pods };
  const less = { ...w, pods: w.pods.map((p, i) => (i % 2 === 0 ? undefined : p)) };
  expect(catchUp(shown, less).pods).toBe(less.pods);
  expect(catchUp(shown, { ...w, pods: [] }).pods).toEqual([]);
});
