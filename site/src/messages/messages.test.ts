import { expect, test } from 'vitest';
import { catalogues, choose, step } from './messages.js';

test.each([
  [['vi-VN', 'en'], 'vi'], [[null, undefined, 'fr', 'en-GB'], 'en'], [['fr'], 'en'], [['VI'], 'vi'], [[], 'en'], [['vietnamese'], 'en'],
])('of the wishes %j, %s is chosen', (wishes, want) => {
  expect(choose(wishes)).toBe(want);
});

test('Vietnamese says nothing in English but words both share', () => {
  const shared = new Set(['namespace', 'node', 'image', 'cluster', 'terminal', 'revision']);
  const { en, vi } = catalogues;
  const same = Object.entries(en).filter(([key, text]) => typeof text === 'string' && Object.entries(vi).some(([k, v]) => k === key && v === text));
  expect(same.map(([key]) => key).filter((key) => !shared.has(key))).toEqual([]);
});

test('a step the catalogue lacks keeps the engine’s word', () => {
  expect(step(catalogues.vi, 'ready')).toBe('sẵn sàng');
  expect(step(catalogues.vi, 'initialised')).toBe('initialised');
});
