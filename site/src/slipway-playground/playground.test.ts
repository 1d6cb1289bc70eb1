import { expect, test } from 'vitest';
import { catalogues } from '../messages/messages.js';
import type { Notice } from '../session/state.js';
import { gather } from './announcer.js';
import { isGood, noticeText, percent } from './notices.js';

test('what comes late counts most, and nothing is said twice', () => {
  expect(gather(['a', 'b'], ['c', 'a', 'd'])).toEqual(['c', 'a', 'd']);
  expect(gather([], [])).toEqual([]);
});

test.each(['en', 'vi'] as const)('every notice has words in %s, and the reason is among them', (lang) => {
  const kinds: readonly Notice[] = [
    { kind: 'crashed' }, { kind: 'restored' }, { kind: 'woken' }, { kind: 'lost' }, { kind: 'unsaved' }, { kind: 'loaded' },
    { kind: 'silent' }, { kind: 'copied' }, { kind: 'tooLong' }, { kind: 'linkRefused', reason: 'WHY' },
    { kind: 'refused', reason: 'WHY' }, { kind: 'failed', reason: 'WHY' }, { kind: 'livelock', reason: 'WHY' }, { kind: 'wire', reason: 'WHY' },
  ];
  const texts = kinds.map((n) => noticeText(n, catalogues[lang]));
  expect(new Set(texts).size).toBe(kinds.length);
  for (const [i, n] of kinds.entries()) if ('reason' in n) expect(texts[i]).toContain('WHY');
  expect(kinds.filter(isGood).map((n) => n.kind)).toEqual(['restored', 'woken', 'loaded', 'copied']);
});

test('progress is unknown without a total and never above all of it', () => {
  expect(percent(5, 0)).toBeUndefined();
  expect(percent(50, 200)).toBe(25);
  expect(percent(300, 200)).toBe(100);
});
