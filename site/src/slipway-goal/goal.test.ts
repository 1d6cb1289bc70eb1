import { expect, test } from 'vitest';
import { catalogues } from '../messages/messages.js';
import type { PodItem } from '../model.js';
import type { Chip, LabelsPanel } from '../panels.js';
import { nothing, type World } from '../session/world.js';
import type { Layout } from '../slipway-cluster/layout.js';
import { node, pod, sampleText } from '../testing.js';
import { goalPictures, type GoalPicture } from '../wire-goal.js';
import { compare } from './compare.js';
import { compareLabels } from './compare-labels.js';
import { dress } from './dress.js';
import { marksOn } from './marks.js';
import { small } from './small.js';
import { target } from './which.js';
import { contents, lines } from './words.js';

const nodes = [node('node-1'), node('node-2')];

function world(...pods: readonly (PodItem | undefined)[]): World {
  return { ...nothing, nodes, pods };
}

/** A pod of a template: its name is made up. */
function made(name: string, on: number, hash = '1', more: Partial<PodItem> = {}): PodItem {
  return { ...pod(name, on), group: `app=web,pod-template-hash=${hash}`, hue: Number(hash), ...more };
}

function goal(...pods: readonly PodItem[]): GoalPicture {
  const stems = pods.filter((p) => p.group !== '').map((p) => [p.key, p.name.replace(/[^-]*$/, '')] as const);
  return { step: 'a', world: world(...pods), labels: undefined, stems: new Map(stems) };
}

function said(g: GoalPicture, w: World): readonly string[] {
  return lines(compare(g, w), catalogues.en).lines.map((l) => `${l.sign} ${l.text}`);
}

test('the same world has no differences, wherever its pods run and whatever their made up names', () => {
  const g = goal(pod('bare', 0), made('web-1-a', 0), made('web-1-b', 1));
  expect(compare(g, g.world)).toEqual([]);
  expect(compare(g, world(undefined, made('web-1-x', 1), pod('bare', 1), made('web-1-y', 1)))).toEqual([]);
});

test('what is missing, too much or otherwise is told, and what reads the same is told once', () => {
  const g = goal(pod('bare', 0), made('web-1-a', 0), made('web-1-b', 1));
  expect(said(g, world())).toEqual(['+ missing: bare (Running 1/1)', '+ missing: 2 × web-1-… (Running 1/1)']);
  expect(said(g, world(pod('bare', 0), made('web-1-z', 0), pod('odd', 0)))).toEqual(['+ missing: web-1-… (Running 1/1)', '− too much: odd (Running 1/1)']);
  const starting = { state: 'Pending', ready: '0/1' };
  expect(said(g, world({ ...pod('bare', 0), ...starting }, made('web-1-a', 0), made('web-1-c', 0, '1', starting)))).toEqual([
    '≠ bare: Pending 0/1, in the goal Running 1/1', '≠ web-1-…: Pending 0/1, in the goal Running 1/1',
  ]);
});

test('pods of one kind that are too much are told together', () => {
  expect(said(goal(), world(made('web-1-ax', 0), made('web-1-ay', 1), made('web-1-az', 1, '1', { state: 'Pending' }), pod('x', 0), pod('y', 0)))).toEqual([
    '− too much: 2 × web-1-a… (Running 1/1)', '− too much: web-1-az (Pending 1/1)', '− too much: x (Running 1/1)', '− too much: y (Running 1/1)',
  ]);
});

test('a pod of another template is another pod', () => {
  const g = goal(made('web-2-a', 0, '2'));
  expect(compare(g, world(made('web-1-a', 0))).map((d) => d.kind)).toEqual(['missing', 'extra']);
});

test('each pod stands for one: a crowd does not make up for itself', () => {
  const g = goal(...Array.from({ length: 5 }, (_, i) => made(`web-1-${i}`, 0)));
  for (let n = 0; n <= 8; n++) {
    const kinds = compare(g, world(...Array.from({ length: n }, (_, i) => made(`web-1-x${i}`, 1)))).map((d) => d.kind);
    expect(kinds).toEqual(Array<string>(Math.abs(5 - n)).fill(n < 5 ? 'missing' : 'extra'));
  }
});

test('a node that is otherwise is told, its pods are not', () => {
  const g = { ...goal(pod('a', 1)), world: { ...world(pod('a', 1)), nodes: [{ ...node('node-1'), state: 'NotReady' }, node('node-2')] } };
  expect(said(g, world(pod('a', 0)))).toEqual(['≠ node-1: Ready, in the goal NotReady']);
});

test('only so many lines are told', () => {
  const many = world(...Array.from({ length: 12 }, (_, i) => pod(`p${i}`, 0)));
  expect(lines(compare(goal(), many), catalogues.en)).toMatchObject({ more: 4, lines: { length: 8 } });
});

const chip = (name: string, ...labels: string[]): Chip => ({ key: `pod/default/${name}`, name, tone: 'ok', shape: 'circle', state: 'Running', labels, in: [] });

function panel(chips: readonly Chip[], ...sets: (readonly [name: string, selector: string])[]): LabelsPanel {
  return {
    type: 'panel', rev: 1, ms: 0, name: 'labels', object: '', label: '', exists: false, typed: { text: '', error: '', at: -1, end: -1 }, chips, moreChips: 0,
    sets: sets.map(([name, selector]) => ({ key: name === '' ? '' : `service/default/${name}`, kind: 'Service', name, selector, count: 1 })), moreSets: 0, reasons: [],
  };
}

test('labels are compared one by one, selectors as a whole, and what a person types is nobody’s', () => {
  const g = panel([chip('stray', 'app=shop', 'env=prod'), chip('web-1-a', 'app=web')], ['shop', 'app=shop']);
  const stems = new Map([['pod/default/web-1-a', 'web-1-']]);
  const tell = (w: LabelsPanel) => lines(compareLabels(g, stems, w), catalogues.en).lines.map((l) => `${l.sign} ${l.text}`);
  expect(tell(panel([chip('web-1-z', 'app=web'), chip('stray', 'env=prod', 'app=shop')], ['shop', 'app=shop'], ['', 'a=b']))).toEqual([]);
  expect(tell(panel([chip('stray', 'env=test'), chip('odd')], ['shop', 'app=x'], ['other', 'a=b']))).toEqual([
    '+ missing: stray (app=shop)', '+ missing: stray (env=prod)', '− too much: stray (env=test)', '+ missing: web-1-… (app=web)', '− too much: odd',
    '≠ Service shop: app=x, in the goal app=shop', '− too much: Service other (a=b)',
  ]);
});

function apart(a: { x: number; y: number; w: number; h: number }, b: typeof a): boolean {
  return a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
}

function all(l: Layout) {
  return l.rows.flatMap((r) => r.pods);
}

test.each([[220, 3], [228, 40], [328, 12], [640, 41], [900, 90]])('at %d px, %d pods stand small in their boxes and none on another', (width, count) => {
  const l = small(width, world(...Array.from({ length: count }, (_, i) => pod(`p${i}`, (i % 3) - 1))));
  expect(all(l)).toHaveLength(count);
  for (const r of l.rows) {
    expect(r.x + r.w).toBeLessThanOrEqual(width);
    expect(r.y + r.h).toBeLessThanOrEqual(l.height);
    for (const p of r.pods) expect(p.x >= r.x && p.x + p.w <= r.x + r.w && p.y >= r.y && p.y + p.h <= r.y + r.h).toBe(true);
  }
  for (const [i, a] of all(l).entries()) for (const b of all(l).slice(i + 1)) expect(apart(a, b)).toBe(true);
  for (const [i, a] of l.rows.entries()) for (const b of l.rows.slice(i + 1)) expect(apart(a, b)).toBe(true);
});

test('what waits for a node has a row only if there is something', () => {
  expect(small(228, world(pod('a', 0))).rows.map((r) => r.key)).toEqual(['node/node-1', 'node/node-2']);
  expect(small(228, world(pod('a', -1))).rows[0]?.pods).toHaveLength(1);
});

test('a mark stands on what is different, and what is too much has no place in the goal', () => {
  const g = goal(pod('a', 0), pod('b', 1));
  const marks = marksOn(small(228, g.world), compare(g, world({ ...pod('b', 1), state: 'Pending' }, pod('c', 0))));
  expect(marks.map((m) => m.kind)).toEqual(['missing', 'changed']);
});

test('a group has the colour it has in the world, and a new one a colour of its own', () => {
  const g = goal(made('web-7-a', 0, '0'), made('web-8-a', 0, '1'));
  const d = dress(g, world(made('web-8-x', 0, '1', { hue: 0 }), made('old-x', 0, '9', { hue: 1 })));
  expect(d.pods.map((p) => p?.hue)).toEqual([2, 0]);
  expect(d.pods[0]?.name).toBe('web-7-…');
  expect(d.nodes[0]?.bars).toEqual([]);
});

const step = (id: string, goals: number, done: boolean, asks = false) => ({ id, title: id.toUpperCase(), goals, done, asks });

test('the goal on show is that of the first step not done, and waits for its prediction', () => {
  const steps = [step('look', 0, false), step('a', 1, true), step('b', 2, false, true), step('c', 1, false)];
  expect(target(steps, {})).toMatchObject({ number: 3, asks: true, step: { id: 'b' } });
  expect(target(steps, { b: 1 })).toMatchObject({ asks: false });
  expect(target(steps.slice(0, 2), {})).toBeUndefined();
});

test('the picture is told in words', () => {
  expect(contents(goal(pod('bare', 0), made('web-1-a', 0), made('web-1-b', 1)))).toEqual([
    'node-1: Ready', 'node-2: Ready', 'pod bare: Running, 1/1', '2 × pod web-1-…: Running, 1/1',
  ]);
  expect(contents({ ...goal(), labels: panel([chip('stray')], ['shop', 'app=shop']) })).toEqual(['stray', 'Service shop: app=shop, 1']);
});

test('the file is read, and a wrong one is refused by the name of what is wrong', () => {
  const patch = JSON.parse(sampleText('msg-patch-full.json'));
  const labels = JSON.parse(sampleText('msg-panel-labels.json'));
  const [one] = goalPictures({ steps: [{ step: 'a', show: 'labels', patch, labels, stems: { 'pod/default/x': 'x-' } }] });
  expect(one?.world.nodes.length).toBeGreaterThan(0);
  expect(one?.labels?.name).toBe('labels');
  expect(() => goalPictures({})).not.toThrow();
  for (const [file, why] of [
    [{ steps: [{ step: 'a', show: 'x' }] }, /show/], [{ steps: [{ step: 'a', show: 'cluster', stems: {}, patch: labels }] }, /patch: found panel/],
    [{ steps: [{ step: 'a', show: 'labels', stems: {}, patch, labels: patch }] }, /not the panel of labels/],
  ] as const) expect(() => goalPictures(file)).toThrow(why);
});
