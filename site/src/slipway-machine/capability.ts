/** Sets of capabilities, and what a person would type to change one. Pure. */

import { capSets, type CapSet, type ProcessItem } from '../machine.js';
import { capabilityNames } from '../messages/capabilities.js';

const setpcap = capabilityNames.indexOf('setpcap');

/** Whether capability n is in a set of the process. Sets have 41 bits, more than a number's operators see. */
export function has(p: ProcessItem, set: CapSet, n: number): boolean {
  const hex = p.caps[capSets.indexOf(set)] ?? '';
  const digit = Number.parseInt(hex.at(-1 - Math.floor(n / 4)) ?? '0', 16);
  return ((digit >> n % 4) & 1) === 1;
}

export function count(p: ProcessItem, set: CapSet): number {
  return capabilityNames.filter((_, n) => has(p, set, n)).length;
}

/** Why a switch cannot be used, by the catalogue's key. */
export type Obstacle = 'elsewhere' | 'past' | 'gone' | 'file' | 'setpcap' | 'nothingNew';

/** The line a switch types, or why there is none. */
export type Move = { readonly line: string } | { readonly not: Obstacle };

/** What changes whether the process has capability n: giving up is done by starting a shell without, getting back by leaving that shell. */
export function switching(p: ProcessItem, n: number, all: readonly ProcessItem[], live: boolean): Move {
  const wrong = obstacle(p, live);
  if (wrong) return { not: wrong };
  const name = capabilityNames[n] ?? '';
  if (has(p, 'effective', n)) {
    const giving = [
      ...(has(p, 'effective', setpcap) ? [`--bounding-set -${name}`] : []),
      ...(has(p, 'inheritable', n) ? [`--inh-caps -${name}`] : []),
      ...(has(p, 'ambient', n) ? [`--ambient-caps -${name}`] : []),
    ];
    // Without the bounding set root gets it back with the next program.
    return has(p, 'effective', setpcap) || (p.inside !== 0 && has(p, 'ambient', n)) ? { line: `setpriv ${giving.join(' ')} sh` } : { not: 'setpcap' };
  }
  if (above(p, all, (q) => has(q, 'effective', n))) return { line: 'exit' };
  if (!has(p, 'bounding', n)) return { not: 'gone' };
  return { not: p.nothingNew ? 'nothingNew' : 'file' };
}

/** What changes whether the process has no_new_privs. */
export function switchingNothingNew(p: ProcessItem, all: readonly ProcessItem[], live: boolean): Move {
  const wrong = obstacle(p, live);
  if (wrong) return { not: wrong };
  if (!p.nothingNew) return { line: 'setpriv --no-new-privs sh' };
  return above(p, all, (q) => !q.nothingNew) ? { line: 'exit' } : { not: 'nothingNew' };
}

function obstacle(p: ProcessItem, live: boolean): Obstacle | undefined {
  if (!live) return 'past';
  return p.front ? undefined : 'elsewhere';
}

/** Whether the process was started by one of which something holds, or by one that was, and so on. */
function above(p: ProcessItem, all: readonly ProcessItem[], holds: (p: ProcessItem) => boolean): boolean {
  for (let up = all.find((q) => q.key === p.parent); up; up = all.find((q) => q.key === up?.parent)) if (holds(up)) return true;
  return false;
}
