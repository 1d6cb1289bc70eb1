import { expect, test } from 'vitest';
import { begin, common, cycle } from './completion.js';
import { actionOf, type LineState } from './keys.js';
import { lines, pasted } from './paste.js';
import { fresh, remember, seed, walk } from './recall.js';
import { typeLines } from './typist.js';

const state: LineState = { text: 'get', cursor: 3, selection: false, offer: false };
const key = { key: '', ctrlKey: false, shiftKey: false, altKey: false, metaKey: false };

test.each([
  ['Enter', {}, {}, 'run'],
  ['Enter', { shiftKey: true }, {}, undefined],
  ['Tab', {}, {}, 'complete'],
  ['Tab', {}, { text: '' }, undefined],
  ['Tab', { shiftKey: true }, {}, undefined],
  ['Tab', { shiftKey: true }, { offer: true }, 'complete-back'],
  ['c', { ctrlKey: true }, {}, 'interrupt'],
  ['d', { ctrlKey: true }, { text: '' }, 'end'],
  ['d', { ctrlKey: true }, {}, undefined],
  ['c', { ctrlKey: true }, { selection: true }, undefined],
  ['c', { ctrlKey: true, altKey: true }, {}, undefined],
  ['l', { ctrlKey: true }, {}, 'clear-screen'],
  ['ArrowUp', {}, {}, 'older'],
  ['ArrowUp', {}, { text: 'a\nb', cursor: 3 }, undefined],
  ['ArrowUp', {}, { text: 'a\nb', cursor: 1 }, 'older'],
  ['ArrowDown', {}, { text: 'a\nb', cursor: 1 }, undefined],
  ['ArrowDown', {}, {}, 'newer'],
  ['Escape', {}, { offer: true }, 'dismiss'],
  ['Escape', {}, { text: '' }, undefined],
  ['x', {}, {}, undefined],
])('%s with %o over %o means %s', (name, mods, over, want) => {
  expect(actionOf({ ...key, ...mods, key: name }, { ...state, ...over })).toBe(want);
});

test('the only completion is put in, with a space if the word is over', () => {
  expect(begin({ text: 'kubectl get po', cursor: 14 }, 12, [{ text: 'pods', hint: '' }])).toEqual([{ text: 'kubectl get pods ', cursor: 17 }, undefined]);
  expect(begin({ text: 'run --im', cursor: 8 }, 4, [{ text: '--image=', hint: '' }])[0].text).toBe('run --image=');
  expect(begin({ text: 'ge pods', cursor: 2 }, 0, [{ text: 'get', hint: '' }])[0]).toEqual({ text: 'get pods', cursor: 3 });
});

test('several completions share their beginning, and Tab walks round them both ways', () => {
  const items = ['node-1', 'node-2'].map((text) => ({ text, hint: '' }));
  const [line, offer] = begin({ text: 'describe n', cursor: 10 }, 9, items);
  expect(line.text).toBe('describe node-');
  if (!offer) throw new Error('nothing on offer');
  const [one, first] = cycle(line, offer, 1);
  const [two, second] = cycle(one, first, 1);
  const [three] = cycle(two, second, 1);
  expect([one.text, two.text, three.text]).toEqual(['describe node-1', 'describe node-2', 'describe node-1']);
  expect(cycle(line, offer, -1)[0].text).toBe('describe node-2');
});

test('no completion leaves the line as it is', () => {
  expect(begin({ text: 'x', cursor: 1 }, 0, [])).toEqual([{ text: 'x', cursor: 1 }, undefined]);
  expect(common([])).toBe('');
  expect(common(['abc', 'abd', 'x'])).toBe('');
});

test('Up walks to earlier commands and Down comes back to the draft', () => {
  const r = remember(remember(remember(fresh, 'one'), 'two'), 'two');
  expect(r.past).toEqual(['one', 'two']);
  const [a, t1] = walk(r, -1, 'dra');
  const [b, t2] = walk(a, -1, t1);
  const [c, t3] = walk(b, -1, t2);
  expect([t1, t2, t3]).toEqual(['two', 'one', 'one']);
  const [d] = walk(c, 1, t3);
  expect(walk(d, 1, 'two')[1]).toBe('dra');
  expect(walk(seed(['x']), -1, '')[1]).toBe('x');
});

test('Up meets only the commands that hold what was being written, if there are any', () => {
  const r = seed(['kubectl get pods', 'ls', 'kubectl describe pod web', 'date']);
  const [a, t1] = walk(r, -1, ' pod');
  const [b, t2] = walk(a, -1, t1);
  const [c, t3] = walk(b, -1, t2);
  expect([t1, t2, t3]).toEqual(['kubectl describe pod web', 'kubectl get pods', 'kubectl get pods']);
  const [d, t4] = walk(c, 1, t3);
  expect([t4, walk(d, 1, t4)[1]]).toEqual(['kubectl describe pod web', ' pod']);
  expect(walk(r, -1, 'nothing like it')[1]).toBe('date');
});

test('a paste of one line does not run; of several stays several', () => {
  expect(pasted('kubectl get pods\n')).toBe('kubectl get pods');
  expect(pasted('apiVersion: v1\r\nkind: Pod\r\n\r\n')).toBe('apiVersion: v1\nkind: Pod');
  expect(pasted('  indented:\n    more')).toBe('  indented:\n    more');
  expect(lines('a\nb')).toBe(2);
});

test('a solution is typed line after line, each when the one before is over', async () => {
  const log: string[] = [];
  const hands = { show: (t: string) => void log.push(t), enter: () => void log.push('⏎'), idle: () => Promise.resolve(), still: true };
  await typeLines(['ab', 'c'], hands, new AbortController().signal);
  expect(log).toEqual(['ab', '⏎', 'c', '⏎']);
  const stopped = new AbortController();
  stopped.abort();
  await typeLines(['no'], hands, stopped.signal);
  expect(log).toHaveLength(4);
});
