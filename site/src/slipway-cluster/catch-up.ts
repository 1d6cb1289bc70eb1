/** What the picture shows on its way to the world: a crowd that changes all at once is drawn over several frames. Pure. */

import type { NodeItem, PodItem } from '../model.js';
import type { Slots, World } from '../session/world.js';

export interface Shown {
  readonly nodes: Slots<NodeItem>;
  readonly pods: Slots<PodItem>;
}

/** So many pods, and so many nodes with their lines of text, change in one frame. */
export const mostAtOnce = { pods: 16, nodes: 4 };

/** A step from what is shown towards the world; the same object if there is nothing to do. */
export function catchUp(shown: Shown, world: World, most = mostAtOnce): Shown {
  if (caughtUp(shown, world)) return shown;
  const nodes = some(shown.nodes, world.nodes, most.nodes);
  const pods = some(shown.pods, world.pods, most.pods);
  return nodes === world.nodes && pods === world.pods ? { nodes: world.nodes, pods: world.pods } : { nodes, pods };
}

export function caughtUp(shown: Shown, world: World): boolean {
  return shown.nodes === world.nodes && shown.pods === world.pods;
}

/** The slots with at most so many differences taken over. */
function some<T>(from: Slots<T>, to: Slots<T>, most: number): Slots<T> {
  if (from === to) return to;
  const next: (T | undefined)[] = [];
  let changes = 0;
  for (let i = 0; i < Math.max(from.length, to.length); i++) {
    const same = from[i] === to[i];
    if (!same) changes++;
    next[i] = same || changes <= most ? to[i] : from[i];
  }
  return changes <= most ? to : next;
}
