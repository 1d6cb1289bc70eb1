/** The goal's picture, and what is different from it, in words. Pure. */

import type { Messages } from '../messages/messages.js';
import { filled } from '../session/world.js';
import type { GoalPicture } from '../wire-goal.js';
import { called, type Difference } from './compare.js';

/** A line of the list of differences: one difference, or several that read the same. */
export interface Line {
  readonly sign: '+' | '−' | '≠';
  readonly text: string;
  /** The object in the world that it is about; empty if it is not there. */
  readonly key: string;
  readonly kind: Difference['kind'];
}

const signs = { missing: '+', extra: '−', changed: '≠' } as const;

/** The differences in words, those that read the same together; at most so many, and how many were left out. */
export function lines(differences: readonly Difference[], t: Messages, most = 8): { readonly lines: readonly Line[]; readonly more: number } {
  const groups = new Map<string, { readonly first: Difference; readonly names: string[] }>();
  for (const d of differences) {
    const id = [d.kind, d.sort || d.name, d.wanted, d.found].join('\n');
    const group = groups.get(id);
    if (group) group.names.push(d.name);
    else groups.set(id, { first: d, names: [d.name] });
  }
  const all = [...groups.values()].map(({ first, names }): Line => {
    const name = names.length > 1 ? `${names.length} × ${together(names)}` : first.name;
    return { sign: signs[first.kind], kind: first.kind, key: first.key, text: sentence(first, name, t) };
  });
  return { lines: all.slice(0, most), more: Math.max(0, all.length - most) };
}

/** One name for several: what they begin with. */
function together(names: readonly string[]): string {
  const [first = ''] = names;
  if (names.every((n) => n === first)) return first;
  let n = first.length;
  while (!names.every((name) => name.startsWith(first.slice(0, n)))) n--;
  return `${first.slice(0, n)}…`;
}

function sentence(d: Difference, name: string, t: Messages): string {
  switch (d.kind) {
    case 'missing':
      return t.goalMissing(name, d.wanted);
    case 'extra':
      return t.goalExtra(name, d.found);
    case 'changed':
      return t.goalChanged(name, d.found, d.wanted);
    default:
      return d.kind satisfies never;
  }
}

/** All that is in the picture, for those who do not see it. */
export function contents({ world, labels, stems }: GoalPicture): readonly string[] {
  if (labels) {
    return counted([
      ...labels.chips.map((c) => `${called(c, stems)}: ${c.labels.join(' ')}`.replace(/: $/, '')),
      ...labels.sets.filter((s) => s.key !== '').map((s) => `${s.kind} ${s.name}: ${s.selector}, ${s.count}`),
    ]);
  }
  return counted([
    ...filled(world.nodes).map(([, n]) => `${n.name}: ${n.state}`),
    ...filled(world.services).map(([, s]) => `service ${s.name}: ${s.state}`),
    ...filled(world.pods).map(([, p]) => `pod ${called(p, stems)}: ${p.state}, ${p.ready}`),
  ]);
}

function counted(all: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const text of all) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, n]) => (n > 1 ? `${n} × ${text}` : text));
}
