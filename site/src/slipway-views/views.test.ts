import { expect, test } from 'vitest';
import { nothing, type World } from '../session/world.js';
import { pod } from '../testing.js';
import { follow, noChoice } from './follow.js';
import { moveTab, tabs } from './tabs.js';

test.each([
  ['cluster', 'ArrowRight', 'labels'], ['cluster', 'ArrowLeft', 'editor'], ['editor', 'ArrowRight', 'cluster'],
  ['why', 'Home', 'cluster'], ['why', 'End', 'editor'], ['why', 'x', undefined],
] as const)('from the tab %s, %s leads to %s', (at, key, want) => {
  expect(moveTab(at, key)).toBe(want);
});

test('every tab is reached by going right', () => {
  let at = tabs[0];
  const seen = tabs.map(() => (at = moveTab(at ?? 'cluster', 'ArrowRight')));
  expect(new Set(seen).size).toBe(tabs.length);
});

function world(...names: readonly string[]): World {
  return { ...nothing, pods: names.map((n) => pod(n, -1)) };
}

test('the newest pod is on show until a person has chosen one', () => {
  const one = follow(noChoice, undefined, world('a'));
  expect(one.key).toBe('pod/default/a');
  const two = follow(one, world('a'), world('a', 'b'));
  expect(two.key).toBe('pod/default/b');
  const mine = { key: 'pod/default/a', byHand: true };
  expect(follow(mine, world('a'), world('a', 'c'))).toBe(mine);
});

test('a chosen pod that is gone makes room; another object does not', () => {
  const mine = { key: 'pod/default/a', byHand: true };
  expect(follow(mine, world('a', 'b'), world('b'))).toEqual({ key: 'pod/default/b', byHand: false });
  const service = { key: 'service/default/web', byHand: true };
  expect(follow(service, world('a'), world('b'))).toBe(service);
});

test('without pods nothing is on show', () => {
  expect(follow({ key: 'pod/default/a', byHand: true }, world('a'), world()).key).toBe('');
});
