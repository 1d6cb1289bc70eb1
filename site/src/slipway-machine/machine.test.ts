import { expect, test } from 'vitest';
import { isMore } from '../machine.js';
import { machineMessages, word } from '../messages/machine.js';
import { catalogues } from '../messages/messages.js';
import { apply, filled, nothing } from '../session/world.js';
import { patchSample } from '../testing.js';
import { moveAmong } from '../slipway-views/tabs.js';
import { tabs } from './tabs.js';

test('a patch of a machine fills its slots, and an empty one leaves them', () => {
  const world = apply(nothing, patchSample('machine'));
  const items = filled(world.processes).map(([, p]) => p);
  expect(items.map((p) => (isMore(p) ? p.more : p.args))).toEqual([
    'sh -i', 'sleep 600', 'sleep 600', 'sleep 600', 'sh', 'unshare --mount --pid --fork sh', 'sh', 'sh']);
  expect(filled(world.cgroups).map(([, c]) => c.key)).toEqual(['/', '/box']);
  const next = apply(world, { ...patchSample('machine'), full: false, processes: { add: [], set: [], del: [2] }, cgroups: { add: [], set: [], del: [] } });
  expect(next.cgroups).toBe(world.cgroups);
  expect(filled(next.processes)).toHaveLength(7);
});

test('keys move among the tabs, round and round', () => {
  const last = tabs.at(-1);
  expect(moveAmong<string>(tabs, 'processes', 'ArrowLeft')).toBe(last);
  expect(moveAmong<string>(tabs, 'processes', 'End')).toBe(last);
  expect(last && moveAmong<string>(tabs, last, 'ArrowRight')).toBe('processes');
  expect(last && moveAmong<string>(tabs, last, 'Home')).toBe('processes');
  expect(moveAmong<string>(tabs, 'processes', 'x')).toBeUndefined();
});

test('every view has a name in each language, and an unknown word stays', () => {
  for (const t of Object.values(catalogues)) {
    for (const tab of tabs) expect(machineMessages(t).viewNames[tab]).not.toBe('');
  }
  expect(word(machineMessages(catalogues.vi).states, 'running')).toBe('đang chạy');
  expect(word({}, 'odd')).toBe('odd');
});
