/** Which process is on show: the one a person chose, or else the one the terminal is in. Pure. */

import { isMore, type More, type ProcessItem } from '../machine.js';
import { filled, type Slots } from '../session/world.js';

/** The processes that are told, by number. */
export function told(slots: Slots<ProcessItem | More>): readonly ProcessItem[] {
  const all = filled(slots).map(([, item]) => item).filter((i): i is ProcessItem => !isMore(i));
  return all.sort((a, b) => a.pid - b.pid);
}

/** The process with the chosen key; without one, or when it is gone, the one that is typed to. */
export function chosen(all: readonly ProcessItem[], key: string): ProcessItem | undefined {
  return (key === '' ? undefined : all.find((p) => p.key === key)) ?? all.find((p) => p.front) ?? all[0];
}
