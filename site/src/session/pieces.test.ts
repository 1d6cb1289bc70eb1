import { expect, test } from 'vitest';
import type { Patch, PodItem } from '../model.js';
import { patchSample } from '../testing.js';
import { crowd, pieces } from './pieces.js';
import { apply, nothing } from './world.js';

/** A patch that frees the slots up to `gone`, fills half of them again, and changes the next ones. */
function late(gone: number, changed: number): Patch {
  const patch = patchSample('running');
  const item = patch.pods.set[0]?.[1];
  if (!item) throw new Error('the sample has no pod');
  const pod = (n: number): readonly [number, PodItem] => [n, { ...item, key: `pod-${n}`, name: `web-${n}` }];
  const slots = [...Array(gone).keys()];
  return {
    ...patch,
    pods: { del: slots, add: slots.filter((n) => n % 2 === 0).map(pod), set: [...Array(changed).keys()].map((n) => pod(gone + n)) },
  };
}

test('the pieces of a late patch come to what it comes to, a few pods at a time', () => {
  const before = apply(nothing, patchSample('full'));
  for (const [gone, changed] of [[300, 500], [0, crowd + 1], [crowd + 1, 0], [7, 1000]] as const) {
    const patch = late(gone, changed);
    const all = pieces(patch);
    expect(all.length).toBeGreaterThan(1);
    for (const { pods } of all) expect(pods.add.length + pods.set.length + pods.del.length).toBeLessThanOrEqual(crowd);
    expect(all.reduce(apply, before)).toEqual(apply(before, patch));
    expect(all.map((p) => p.goals.length + p.events.length > 0)).toEqual(all.map((_, i) => i === all.length - 1));
  }
});

test('a small patch, another moment and another world stay whole', () => {
  expect(pieces(late(0, crowd))).toHaveLength(1);
  expect(pieces({ ...late(300, 300), live: false })).toHaveLength(1);
  expect(pieces({ ...late(300, 300), full: true })).toHaveLength(1);
});
