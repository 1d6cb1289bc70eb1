import { expect, test } from 'vitest';
import { pieces, size } from './pieces.js';

const line = (i: number): string => `line ${i}`;

test.each([
  ['nothing', '', []],
  ['one line', 'a', [[1, 1]]],
  ['a closed line', 'ab\n', [[1, 2]]],
  ['an empty line at the end', 'ab\n\n', [[2, 2]]],
  ['a piece', Array.from({ length: size }, () => 'x').join('\n'), [[size, 1]]],
  ['a line more', `${'xyz\n'.repeat(size)}y`, [[size, 3], [1, 1]]],
  ['two pieces, closed', 'x\n'.repeat(2 * size), [[size, 1], [size, 1]]],
])('%s', (_, text, want) => {
  expect(pieces(text).map((p) => [p.lines, p.columns])).toEqual(want);
  expect(pieces(text).map((p) => p.text).join('')).toBe(text);
});

test('a piece but the last ends with a line end, so that none is missing between two', () => {
  const all = pieces(Array.from({ length: 1000 }, (_, i) => line(i)).join('\n'));
  expect(all).toHaveLength(Math.ceil(1000 / size));
  expect(all.slice(0, -1).every((p) => p.text.endsWith('\n'))).toBe(true);
  expect(all.reduce((n, p) => n + p.lines, 0)).toBe(1000);
});
