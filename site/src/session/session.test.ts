import { expect, test } from 'vitest';
import { patchSample, sample } from '../testing.js';
import { looking, mode, play, present, running } from './pace.js';
import { initial, newlyMet, podNews, reduce, sent } from './state.js';
import * as backup from './backup.js';
import * as progress from './progress.js';
import { after, before } from './moments.js';
import { find, forget, keep, keyOf, type Box } from './store.js';
import { append, tail, type Transcript } from './transcript.js';
import { apply, filled, nothing } from './world.js';

test('patches add, change and free slots, and leave the rest alone', () => {
  const full = apply(nothing, patchSample('full'));
  expect(filled(full.nodes).map(([, n]) => n.name)).toEqual(['node-1', 'node-2', 'node-3']);
  const pending = apply(full, patchSample('pending'));
  expect(pending.pods[0]).toMatchObject({ name: 'web', node: -1 });
  expect(pending.nodes).toBe(full.nodes);
  const ready = apply(pending, patchSample('running'));
  expect(ready.pods[0]).toMatchObject({ node: 0, state: 'Running' });
  expect(ready.nodes[1]).toBe(full.nodes[1]);
  expect(ready.events.map((e) => e.reason)).toEqual(['Created', 'Scheduled']);
  const gone = apply(ready, patchSample('del'));
  expect(filled(gone.pods)).toEqual([]);
});

test('time that passes without a change leaves all but the clock as it was', () => {
  const before = apply(apply(nothing, patchSample('full')), patchSample('running'));
  const empty = { add: [], set: [], del: [] };
  const after = apply(before, { ...patchSample('running'), ms: 9000, end: 9000, nodes: empty, pods: empty, services: empty, traffic: empty, events: [] });
  expect(after.ms).toBe(9000);
  expect([after.nodes === before.nodes, after.pods === before.pods, after.goals === before.goals]).toEqual([true, true, true]);
});

test('a full patch forgets what was there, events too', () => {
  const before = apply(apply(nothing, patchSample('full')), patchSample('running'));
  const after = apply(before, patchSample('full'));
  expect(filled(after.pods)).toEqual([]);
  expect(after.events).toEqual([]);
});

test('a slot freed and filled by one merged patch is filled', () => {
  const patch = patchSample('running');
  const [slot, item] = patch.pods.set[0] ?? [0, undefined];
  if (!item) throw new Error('the sample has no pod');
  const merged = apply(nothing, { ...patch, pods: { add: [[slot, item]], set: [], del: [slot] } });
  expect(merged.pods[slot]).toBe(item);
});

test('pods are news when their state is another one', () => {
  const before = apply(apply(nothing, patchSample('full')), patchSample('pending'));
  const texts = podNews(before, patchSample('running'));
  expect(texts).toEqual(patchSample('running').pods.set.map(([, p]) => p.text));
  expect(podNews(apply(before, patchSample('running')), patchSample('running'))).toEqual([]);
  expect(podNews(before, patchSample('full'))).toEqual([]);
});

test('goals are news only when they were seen unmet before', () => {
  const open = apply(nothing, patchSample('full'));
  expect(newlyMet(open, patchSample('running'))).toEqual(['running']);
  expect(newlyMet(nothing, patchSample('running'))).toEqual([]);
  expect(newlyMet(apply(open, patchSample('running')), patchSample('running'))).toEqual([]);
});

test('a command makes the terminal busy until the prompt is back', () => {
  let s = reduce(initial, sample('opened'));
  expect(s.phase).toBe('ready');
  s = sent(s, 'kubectl get pods');
  expect(s.busy).toBe(true);
  s = reduce(reduce(s, sample('output')), sample('prompt'));
  expect(s.busy).toBe(false);
  expect(s.transcript.map((b) => [b.kind, b.text])).toEqual([['command', 'kubectl get pods'], ['out', 'pod/web created\n']]);
});

test.each([['log', 'refused'], ['livelock', 'livelock'], ['scenario', 'failed'], ['bug', 'failed']])('an error of code %s is told as %s', (code, kind) => {
  expect(reduce(initial, sample(`error-${code}`)).notice?.kind).toBe(kind);
});

test('output of one stream joins; another stream starts anew', () => {
  let t: Transcript = append([], 'command', 'a', '$ ');
  t = append(append(append(t, 'out', '1\n'), 'out', '2\n'), 'err', '3\n');
  expect(t.map((b) => b.text)).toEqual(['a', '1\n2\n', '3\n']);
  expect(new Set(t.map((b) => b.id)).size).toBe(3);
  expect(tail(t, 5).map((b) => b.text)).toEqual(['3\n']);
});

function box(start: Readonly<Record<string, string>> = {}): Box & { readonly kept: Map<string, string> } {
  const kept = new Map(Object.entries(start));
  return {
    kept,
    getItem: (k) => kept.get(k) ?? null,
    setItem: (k, v) => void kept.set(k, v),
    removeItem: (k) => void kept.delete(k),
  };
}

test('a kept session is found again', () => {
  const b = box();
  const transcript = append([], 'command', 'kubectl get pods', '$ ');
  expect(keep(b, 'pod', { log: 'L', transcript })).toBe(true);
  expect(find(b, 'pod')).toEqual({ log: 'L', transcript });
  forget(b, 'pod');
  expect(find(b, 'pod')).toBeUndefined();
});

test.each([['no JSON', '{'], ['another version', '{"version":0,"log":"x","transcript":[]}'], ['no log', '{"version":1}'], ['a list', '[]']])(
  'storage that holds %s holds no session',
  (_, text) => {
    expect(find(box({ [keyOf('pod')]: text }), 'pod')).toBeUndefined();
  },
);

test('full and forbidden storage do not throw', () => {
  const fail = (): never => {
    throw new Error('QuotaExceededError');
  };
  const full: Box = { getItem: fail, setItem: fail, removeItem: fail };
  expect(keep(full, 'pod', { log: 'L', transcript: [] })).toBe(false);
  expect(find(full, 'pod')).toBeUndefined();
  forget(full, 'pod');
});

test('progress of two tabs is merged, and nothing that is no progress is taken', () => {
  const b = box();
  progress.add(b, { pod: { goals: ['ready'], answers: { mortal: 1 } } });
  progress.add(b, { pod: { goals: ['gone', 'ready'], answers: {} }, node: progress.none });
  expect(progress.load(b)).toEqual({ node: progress.none, pod: { goals: ['gone', 'ready'], answers: { mortal: 1 } } });
  for (const text of ['{', '[]', '{"version":9,"lessons":{}}', '{"version":1,"lessons":{"<b>":{}}}', '{"version":1,"lessons":{"a":{"goals":[1]}}}',
    '{"version":1,"lessons":{"a":{"answers":{"s":99}}}}', '{"version":1,"lessons":{"a":{"goals":["__proto__ x"]}}}']) {
    const bad = box({ 'slipway:progress': text });
    expect(progress.load(bad), text).toEqual({});
    expect(bad.getItem('slipway:progress:refused')).toBe(text);
  }
});

test('a file of progress is added to what is here, and changes nothing if it is none', () => {
  const from = box();
  progress.add(from, { pod: { goals: ['ready'], answers: {} } });
  keep(from, 'pod', { log: 'L', transcript: [] });
  keep(from, 'node', { log: 'theirs', transcript: [] });
  const file = backup.write(from, ['pod', 'node']);
  const to = box();
  keep(to, 'node', { log: 'mine', transcript: [] });
  expect(backup.restore(to, file, ['pod', 'node'])).toEqual({ lessons: 1, sessions: 1, full: false });
  expect([find(to, 'pod')?.log, find(to, 'node')?.log]).toEqual(['L', 'mine']);
  expect(progress.load(to)).toEqual(progress.load(from));
  for (const bad of ['{}', 'x', '{"slipway":"progress","version":1,"lessons":{},"sessions":{"pod":{"log":1}}}', '{"slipway":"progress","version":1,"lessons":3}']) {
    const b = box();
    expect(() => backup.restore(b, bad, ['pod'])).toThrow();
    expect(progress.load(b)).toEqual({});
  }
});

test('one steps from event to event, commands among them, and from the last into the present', () => {
  const event = (ms: number) => ({ ms, actor: '', reason: '', object: '', text: '', tone: 'ok' }) as const;
  const world = { ...nothing, events: [event(10), event(30), event(30), event(90)], ms: 30, end: 100, live: false };
  const history = { ...initial.history, entries: [{ ms: 20, text: 'x', rev: 0 }, { ms: 60, text: 'undone', rev: 0 }], cursor: 1 };
  expect(before(world, history)).toBe(20);
  expect(after(world, history)).toBe(90);
  expect(before({ ...world, ms: 10 }, history)).toBe(0);
  expect(after({ ...world, ms: 90 }, history)).toBeUndefined();
  expect(before({ ...nothing, ms: 5, end: 5 }, initial.history)).toBe(0);
});

test('a session from elsewhere tells its commands, which become commands here', () => {
  const s = reduce(reduce(initial, sample('output-in')), sample('output'));
  expect(s.transcript.map((b) => [b.kind, b.prompt, b.text])).toEqual([['command', '$ ', 'kubectl run web --image=nginx'], ['out', '', 'pod/web created\n']]);
});

test('time stands while the person looks at the past, and goes on in the present', () => {
  const past = { ...nothing, live: false, ms: 5, end: 90 };
  const looked = looking(running);
  expect(mode(looked, past, false)).toEqual({ kind: 'paused' });
  expect(mode(present(looked), nothing, false)).toEqual({ kind: 'live', speed: 1 });
  expect(mode(play(looked, true), past, false)).toEqual({ kind: 'replay', speed: 1, from: 5, end: 90 });
  expect(mode(present(looking(play(running, false))), nothing, false)).toEqual({ kind: 'paused' });
  expect(mode(running, nothing, true)).toEqual({ kind: 'paused' });
});
