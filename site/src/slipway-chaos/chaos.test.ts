import { expect, test } from 'vitest';
import { catalogues } from '../messages/messages.js';
import { actions, groups, lineOf, rates } from './actions.js';

test('every action has a group and words in both languages', () => {
  for (const { id, group } of actions) {
    expect(groups).toContain(group);
    for (const t of Object.values(catalogues)) expect(Object.keys(t.chaosActions), id).toContain(id);
  }
  for (const t of Object.values(catalogues)) expect(Object.keys(t.chaosActions).length).toBe(actions.length);
});

test('an action is the command one would type', () => {
  const lines = Object.fromEntries(actions.map((a) => [a.id, lineOf(a, a.targets === undefined ? '' : 'x', 20)]));
  expect(lines).toMatchObject({
    'delete-pod': 'kubectl delete pod x', 'drain': 'kubectl drain x', 'node-down': 'fault node-down x', 'component-crash': 'fault component-crash x',
    'traffic-start': 'traffic start http://x --rate 20', 'mend': 'fault mend', 'registry-down': 'fault registry-down',
  });
});

test('without a target there is nothing to type', () => {
  for (const a of actions) expect(lineOf(a, '', rates[0] ?? 1) === undefined, a.id).toBe(a.targets !== undefined);
});
