/** What is different between the labels of the goal's picture and those of the world: each label counts, and each selector. Pure. */

import type { Chip, LabelSet, LabelsPanel } from '../panels.js';
import { called, type Difference } from './compare.js';

export function compareLabels(goal: LabelsPanel, stems: ReadonlyMap<string, string>, world: LabelsPanel): readonly Difference[] {
  return [...chips(goal.chips, stems, world.chips), ...sets(goal.sets, world.sets)];
}

function chips(goal: readonly Chip[], stems: ReadonlyMap<string, string>, world: readonly Chip[]): readonly Difference[] {
  const left = new Map(world.map((chip) => [chip.key, chip]));
  const out: Difference[] = [];
  for (const a of goal) {
    const b = stems.has(a.key) ? [...left.values()].find((chip) => chip.labels.join() === a.labels.join()) : left.get(a.key);
    if (b) left.delete(b.key);
    out.push(...(b ? labels(a, b) : [{ kind: 'missing', name: called(a, stems), wanted: a.labels.join(' '), found: '', goalKey: a.key, key: '' } as const]));
  }
  return [...out, ...[...left.values()].map((b) => ({ kind: 'extra', name: b.name, wanted: '', found: b.labels.join(' '), goalKey: '', key: b.key }) as const)];
}

/** One line for each label that one of the two has and the other has not. */
function labels(a: Chip, b: Chip): readonly Difference[] {
  const at = { name: b.name, goalKey: a.key, key: b.key };
  return [
    ...a.labels.filter((l) => !b.labels.includes(l)).map((l) => ({ kind: 'missing', ...at, wanted: l, found: '' }) as const),
    ...b.labels.filter((l) => !a.labels.includes(l)).map((l) => ({ kind: 'extra', ...at, wanted: '', found: l }) as const),
  ];
}

/** The selector a person is trying out belongs to no object, so it is not compared. */
function sets(goal: readonly LabelSet[], world: readonly LabelSet[]): readonly Difference[] {
  const out: Difference[] = [];
  for (const a of goal.filter((s) => s.key !== '')) {
    const b = world.find((s) => s.key === a.key);
    const at = { name: `${a.kind} ${a.name}`, wanted: a.selector, goalKey: a.key };
    if (!b) out.push({ kind: 'missing', ...at, found: '', key: '' });
    else if (a.selector !== b.selector) out.push({ kind: 'changed', ...at, found: b.selector, key: b.key });
  }
  for (const b of world.filter((s) => s.key !== '' && !goal.some((a) => a.key === s.key))) {
    out.push({ kind: 'extra', name: `${b.kind} ${b.name}`, wanted: '', found: b.selector, goalKey: '', key: b.key });
  }
  return out;
}
