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
    const next = catchUp(shown, w, { pods: 64, nodes: 7 });
    const before = shown;
    expect(next.pods.filter((p, i) => p !== before.pods[i]).length).toBeLessThanOrEqual(64);
    expect(next.nodes.filter((n, i) => n !== before.nodes[i]).length).toBeLessThanOrEqual(7);
    shown = next;
    steps++;
  }
  expect(steps).toBe(Math.ceil(500 / 64));
  expect(shown.pods).toBe(w.pods);
});

test('a world that shrinks is reached in steps too', () => {
  const w = world(300);
  const less = { ...w, pods: w.pods.map((p, i) => (i % 2 === 0 ? undefined : p)) };
  let shown: Shown = { nodes: w.nodes, pods: w.pods };
  const first = catchUp(shown, less, { pods: 50, nodes: 5 });
  expect(first.pods.filter((p) => p === undefined)).toHaveLength(50);
  for (let i = 0; i < 3; i++) shown = catchUp(shown, less, { pods: 50, nodes: 5 });
  expect(shown.pods).toBe(less.pods);
  const none = { ...w, pods: [] };
  for (let i = 0; i < 6; i++) shown = catchUp(shown, none, { pods: 50, nodes: 5 });
  expect(shown.pods).toEqual([]);
});
