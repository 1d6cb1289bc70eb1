import { expect, test } from 'vitest';
import type { Chip, LabelSet } from '../panels.js';
import type { Box } from '../slipway-cluster/layout.js';
import { densityOf, layout } from './regions.js';

const sets: readonly LabelSet[] = ['typed', 'web', 'api', 'db'].map((name) => ({
  key: name === 'typed' ? '' : `service/default/${name}`, kind: 'Service', name, selector: `app=${name}`, count: 0,
}));

function chip(i: number, seed: number): Chip {
  const inside = [0, 1, 2, 3].filter((s) => ((i * 7 + seed) >> s) % 3 === 0);
  const name = `pod-${'x'.repeat((i * 13 + seed) % 30)}${i}`;
  return { key: `pod/default/${name}`, name, tone: 'ok', shape: 'circle', state: 'Running', labels: [`app=${name}`], in: inside };
}

function apart(a: Box, b: Box): boolean {
  return a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
}

test.each([[300, 3, 1], [300, 40, 2], [330, 120, 3], [480, 16, 4], [900, 17, 5], [1200, 120, 6], [240, 0, 7]])(
  'at %d px, %d chips stand in their regions and none on another', (width, count, seed) => {
    const chips = Array.from({ length: count }, (_, i) => chip(i, seed));
    const l = layout(width, chips, sets);
    const all = l.regions.flatMap((r) => r.chips);
    expect(all.map((c) => c.chip.key).sort()).toEqual(chips.map((c) => c.key).sort());
    for (const r of l.regions) {
      expect(r.x + r.w).toBeLessThanOrEqual(width);
      expect(r.y + r.h).toBeLessThanOrEqual(l.height);
      for (const c of r.chips) {
        expect(c.chip.in, 'a chip stands with those in the same sets').toEqual(r.sets);
        expect(c.x).toBeGreaterThanOrEqual(r.x);
        expect(c.x + c.w).toBeLessThanOrEqual(r.x + r.w);
        expect(c.y + c.h).toBeLessThanOrEqual(r.y + r.h);
        expect(Math.min(c.w, c.h), 'a target is at least 24 px').toBeGreaterThanOrEqual(24);
      }
    }
    for (const [i, a] of all.entries()) for (const b of all.slice(i + 1)) expect(apart(a, b)).toBe(true);
    for (const [i, a] of l.regions.entries()) for (const b of l.regions.slice(i + 1)) expect(apart(a, b)).toBe(true);
  },
);

test('one more chip moves none of those before it', () => {
  const chips = Array.from({ length: 20 }, (_, i) => ({ ...chip(i, 3), in: [1] }));
  const before = layout(600, chips.slice(0, 19), sets).regions[0]?.chips ?? [];
  const after = layout(600, chips, sets).regions[0]?.chips ?? [];
  expect(after.slice(0, 19)).toEqual(before);
});

test('regions keep their order and names when a chip joins one of them', () => {
  const chips = [{ ...chip(1, 1), in: [1] }, { ...chip(2, 1), in: [2, 3] }, { ...chip(3, 1), in: [] }];
  const keys = (list: readonly Chip[]) => layout(600, list, sets).regions.map((r) => r.key);
  expect(keys([...chips, { ...chip(4, 1), in: [1] }])).toEqual(keys(chips));
  expect(layout(600, chips, sets).regions.map((r) => r.sets)).toEqual([[1], [2, 3], []]);
});

test('many are drawn small', () => {
  expect([16, 17, 48, 49].map(densityOf)).toEqual(['full', 'name', 'name', 'dot']);
});
