import { expect, test } from 'vitest';
import { percent, places, since, toMs, toPlace } from './scale.js';

test('the last place is the present and the first the beginning', () => {
  expect(toPlace(4000, 4000)).toBe(places);
  expect(toPlace(0, 4000)).toBe(0);
  expect(toMs(places, 4000)).toBe(4000);
  expect(toMs(0, 4000)).toBe(0);
});

test('a session without a past, or a moment beyond it, is the present', () => {
  expect(toPlace(0, 0)).toBe(places);
  expect(toPlace(9000, 4000)).toBe(places);
  expect(percent(2000, 4000)).toBe('50%');
});

test.each([[0, '0:00.0'], [1250, '0:01.2'], [59_990, '0:59.9'], [60_000, '1:00.0'], [3_723_400, '1:02:03.4']])('%d ms is written %s', (ms, want) => {
  expect(since(ms)).toBe(want);
});
