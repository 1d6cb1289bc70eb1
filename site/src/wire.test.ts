import { expect, test } from 'vitest';
import { sample, sampleNames, sampleText } from './testing.js';
import { byteOffset, decode, Ear, encode, unitOffset, type Input } from './wire.js';

const inputs: Readonly<Record<string, Input>> = {
  'op-line.json': { op: 'line', text: 'kubectl run web --image=nginx' },
  'op-line-manifest.json': {
    op: 'line',
    text: 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: nginx\n',
  },
  'op-end.json': { op: 'end' },
  'op-interrupt.json': { op: 'interrupt' },
  'op-tick.json': { op: 'tick', ms: 50 },
  'op-ack.json': { op: 'ack', seq: 4 },
  'op-undo.json': { op: 'undo' },
  'op-redo.json': { op: 'redo' },
  'op-reset.json': { op: 'reset' },
  'op-resetStep.json': { op: 'resetStep' },
  'op-live.json': { op: 'live' },
  'op-step.json': { op: 'step' },
  'op-crash.json': { op: 'crash' },
  'op-seek.json': { op: 'seek', ms: 1200 },
  'op-branch.json': { op: 'branch', index: 1 },
  'op-complete.json': { op: 'complete', id: 7, text: 'kubectl get po', cursor: 14 },
  'op-panels.json': { op: 'panels', names: ['labels', 'why'], object: 'pod/default/web', selector: 'app=web' },
  'op-explain.json': { op: 'explain', id: 8, kind: 'Pod', names: ['spec', 'containers'] },
  'op-check.json': { op: 'check', id: 9, text: 'apiVersion: v1\nkind: Pod\n' },
  'op-diff.json': { op: 'diff', id: 10, text: 'apiVersion: v1\nkind: Pod\n' },
  'op-save.json': { op: 'save', id: 3 },
  'op-save-bit.json': { op: 'save', id: 3, bit: true },
  'op-load.json': { op: 'load', id: 9, log: 'slipway log 1\n' },
};

test.each(Object.entries(inputs))('%s is what the page writes', (name, input) => {
  expect(JSON.parse(encode(input))).toEqual(JSON.parse(sampleText(name)));
});

test('every sample from the engine is read, with nothing lost', () => {
  const names = sampleNames('msg-');
  expect(names.length).toBeGreaterThan(15);
  for (const name of names) {
    const raw: unknown = JSON.parse(sampleText(name));
    const read = JSON.parse(JSON.stringify(decode(sampleText(name))));
    expect(read, name).toMatchObject(/patch|rollout/.test(name) ? {} : Object(raw));
    if (!name.includes('-wire')) expect(read.code, name).not.toBe('wire');
  }
});

test('a long output is heard with its text, which is no JSON', () => {
  const ear = new Ear();
  expect(ear.hear(sampleText('msg-output-long.json'))).toBeUndefined();
  expect(ear.hear('{"type": of\nnothing')).toMatchObject({ type: 'output', stream: 'out', text: '{"type": of\nnothing' });
  expect(ear.hear(sampleText('msg-prompt.json'))).toMatchObject({ type: 'prompt' });
});

test('a patch keeps its slots, items and goals', () => {
  const patch = sample('patch-running');
  expect(patch).toMatchObject({ type: 'patch', seq: 4, live: true, full: false, goals: [{ id: 'running', met: true }] });
  if (patch.type !== 'patch') return;
  expect(patch.pods.set[0]?.[0]).toBe(0);
  expect(patch.pods.set[0]?.[1].steps.map((s) => s.done)).toEqual([true, true, true, true, true]);
  expect(patch.pods.add).toEqual([]);
});

test.each([
  ['not JSON', '{', 'JSON'],
  ['no type', '{}', 'type: not a string'],
  ['an unknown type', '{"type":"hello"}', 'unknown type "hello"'],
  ['a list', '[]', 'message: not an object'],
  ['a bad tone', '{"type":"patch","seq":1,"rev":1,"ms":0,"end":0,"clock":"","pods":{"add":[[0,{"key":"a","name":"a","namespace":"","node":0,"tone":"pink"}]]}}', '"pink" is none of'],
  ['a slot that is none', '{"type":"patch","seq":1,"rev":1,"ms":0,"end":0,"clock":"","pods":{"del":["x"]}}', 'pods.del: not a slot'],
])('%s becomes an error that names it', (_, text, want) => {
  const message = decode(text);
  expect(message).toMatchObject({ type: 'error', code: 'wire' });
  if (message.type === 'error') expect(message.message).toContain(want);
});

test('cursors count bytes on the wire and UTF-16 units on the page', () => {
  const text = 'kubectl run máy';
  expect(byteOffset(text, text.length)).toBe(text.length + 1);
  expect(unitOffset(text, text.length + 1)).toBe(text.length);
  expect(unitOffset('ab', 1)).toBe(1);
});
