import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { MountItem, NetworkItem, ProcessItem } from '../machine.js';
import { capabilityNames, capabilityText } from '../messages/capabilities.js';
import { machineMessages } from '../messages/machine.js';
import { catalogues } from '../messages/messages.js';
import { apply, nothing } from '../session/world.js';
import { patchSample } from '../testing.js';
import { wiring } from './cables.js';
import { count, has, switching, switchingNothingNew } from './capability.js';
import { cgroups, fullness } from './cgroups.js';
import { chosen, told } from './choice.js';
import { lay, propagation } from './mounts.js';
import { clip, networks } from './network.js';
import { move } from './processes.js';
import { forest } from './tree.js';

const world = apply(nothing, patchSample('machine'));
const all = told(world.processes);
const [first] = all;
if (!first) throw new Error('the sample has no process');
const sampled: ProcessItem = first;

function proc(key: string, parent: string, over: Partial<ProcessItem> = {}): ProcessItem {
  return { ...sampled, key, parent, pid: Number(key), front: false, ...over };
}

test('the terminal’s process is on show until a person chooses another, and again when that one is gone', () => {
  expect(chosen(all, '')).toBe(all.at(-1));
  expect(chosen(all, first.key)).toBe(first);
  expect(chosen(all, 'gone')).toBe(all.at(-1));
  expect(chosen([], '')).toBeUndefined();
});

test('a tree has parents before children, orphans beside them, and no more than may be drawn', () => {
  const crowd = [proc('1', ''), proc('2', '1'), proc('3', '2'), proc('4', '1'), proc('5', 'unseen')];
  const f = forest(crowd, 100);
  expect(f.order.map((p) => p.key)).toEqual(['1', '2', '3', '4', '5']);
  expect(f.roots.map((b) => b.item.key)).toEqual(['1', '5']);
  expect(forest(crowd, 3).order).toHaveLength(3);
  const deep = Array.from({ length: 400 }, (_, i) => proc(String(i + 1), String(i)));
  expect(forest(deep, 400).order).toHaveLength(400);
});

test('keys go through the tree as it stands', () => {
  const { order } = forest([proc('1', ''), proc('2', '1'), proc('3', '2'), proc('4', '1')], 100);
  expect(['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'x'].map((key) => move(order, '2', key))).toEqual(['3', '1', '1', '3', '1', '4', undefined]);
  expect([move(order, '4', 'ArrowDown'), move(order, '1', 'ArrowUp'), move(order, '1', 'ArrowLeft')]).toEqual(['4', '1', undefined]);
});

test('the names of the capabilities are the model’s', () => {
  const go = readFileSync(new URL('../../../isolate/model/cap.go', import.meta.url), 'utf8');
  const list = /var CapNames = [^{]*\{([^}]*)\}/.exec(go)?.[1] ?? '';
  expect([...list.matchAll(/"([a-z_]+)"/g)].map((m) => m[1])).toEqual([...capabilityNames]);
  for (const t of Object.values(catalogues)) for (const n of capabilityNames.keys()) expect(capabilityText(t, n)).not.toBe('');
});

test('sets are read bit by bit, also above 32', () => {
  const p = proc('1', '', { caps: ['1ffffffffff', '10000000001', '0', '1fffffffffe', ''] });
  expect(count(p, 'permitted')).toBe(41);
  expect([has(p, 'effective', 0), has(p, 'effective', 1), has(p, 'effective', 40), has(p, 'bounding', 0), has(p, 'ambient', 40)]).toEqual([true, false, true, false, false]);
});

const full = ['1ffffffffff', '1ffffffffff', '0', '1ffffffffff', '0'];
const without = ['1fffffffffe', '1fffffffffe', '0', '1fffffffffe', '0'];
test.each([
  ['root gives one up', proc('2', '1', { front: true, caps: full }), { line: 'setpriv --bounding-set -chown sh' }],
  ['who lost it leaves the shell', proc('2', '1', { front: true, caps: without }), { line: 'exit' }],
  ['nobody above has it', proc('2', '0', { front: true, caps: without }), { not: 'gone' }],
  ['a user needs a file', proc('2', '0', { front: true, uid: 1000, inside: 1000, caps: ['0', '0', '0', '1ffffffffff', '0'] }), { not: 'file' }],
  ['and a file is of no use', proc('2', '0', { front: true, nothingNew: true, caps: ['0', '0', '0', '1ffffffffff', '0'] }), { not: 'nothingNew' }],
  ['an ambient one is given up without setpcap', proc('2', '1', { front: true, uid: 1000, inside: 1000, caps: ['1', '1', '1', '1ffffffffff', '1'] }),
    { line: 'setpriv --inh-caps -chown --ambient-caps -chown sh' }],
  ['root without setpcap cannot', proc('2', '1', { front: true, caps: ['1', '1', '0', '1', '0'] }), { not: 'setpcap' }],
  ['the terminal is elsewhere', proc('2', '1', { caps: full }), { not: 'elsewhere' }],
])('a switch: %s', (_, p, want) => {
  expect(switching(p, 0, [proc('1', '', { caps: full }), p], true)).toEqual(want);
  expect(switching(p, 0, [p], false)).toEqual({ not: 'past' });
});

test('no_new_privs goes up by a command and away with the shell', () => {
  const parent = proc('1', '');
  expect(switchingNothingNew(proc('2', '1', { front: true }), [parent], true)).toEqual({ line: 'setpriv --no-new-privs sh' });
  expect(switchingNothingNew(proc('2', '1', { front: true, nothingNew: true }), [parent], true)).toEqual({ line: 'exit' });
  expect(switchingNothingNew(proc('2', '0', { front: true, nothingNew: true }), [parent], true)).toEqual({ not: 'nothingNew' });
});

test('cgroups stand below those they are in, and a gauge without a limit is none', () => {
  const { list, untold } = cgroups(world.cgroups);
  expect([list.map((c) => c.key), untold]).toEqual([['/', '/box'], 0]);
  const gauge = { label: 'pids', text: '', limit: '' };
  expect([fullness({ ...gauge, used: 3, of: 4 }), fullness({ ...gauge, used: 9, of: 4 }), fullness({ ...gauge, used: 0, of: 0 }), fullness({ ...gauge, used: 3, of: -1 })]).toEqual([75, 100, 100, undefined]);
});

test('mounts lie on each other, and the root is on the nearest', () => {
  const at = (id: number, on: number, place: string): MountItem => ({ id, on, place, part: '/', type: 'tmpfs', source: '', options: '', propagation: 'private', layers: undefined });
  const mounts = [at(1, 0, '/'), at(2, 1, '/srv'), at(3, 2, '/srv/img'), at(4, 1, '/srv-not')];
  const roots = (root: string) => lay(mounts, root).map((l) => `${l.mount.place} ${l.depth} ${l.root}`);
  expect(roots('/')).toEqual(['/ 0 /', '/srv 1 ', '/srv/img 2 ', '/srv-not 1 ']);
  expect(roots('/srv/x')[1]).toBe('/srv 1 /srv/x');
  expect(roots('/srv/img')[2]).toBe('/srv/img 2 /srv/img');
  const m = machineMessages(catalogues.en);
  expect(propagation({ ...at(1, 0, '/'), propagation: 'shared:1 master:2' }, { m })).toBe('shared 1, hears 2');
});

test('a cable is drawn once between its ends, in one column and in two', () => {
  const { list } = networks({ world });
  expect(list.map((n) => n.name)).toEqual(['', 'blue']);
  for (const width of [260, 900]) {
    const w = wiring(width, list);
    expect(w.cables).toHaveLength(1);
    expect(w.cables[0]).toMatchObject({ carries: true });
    expect(w.cables[0]?.path).not.toContain('NaN');
    for (const b of w.boxes) expect(b.x + b.width).toBeLessThanOrEqual(width);
    expect(w.height).toBeGreaterThan(100);
  }
  expect(wiring(900, list).boxes[0]?.devices.find((d) => d.link.name === 'v0')?.bridge).toBeGreaterThan(0);
  const [one] = list;
  const many: NetworkItem[] = one ? [{ ...one, links: Array.from({ length: 60 }, (_, i) => one.links.slice(0, 1).map((l) => ({ ...l, name: `d${i}` }))).flat() }] : [];
  expect(wiring(900, many).boxes[0]).toMatchObject({ more: 48 });
  expect([clip('short', 100), clip('a long text that does not fit', 68)]).toEqual(['short', 'a long te…']);
});
