/** A patch that comes late changes a crowd at once; drawn at once it would hold the page up for longer than a frame. Pure. */

import type { Changes, Patch, PodItem } from '../model.js';

/** How many pods change in one frame at the most. */
export const crowd = 80;

const none: Changes<never> = { add: [], set: [], del: [] };

/** The patches to draw one after the other, which together are the one that came. Who jumps to another moment sees all of it at once. */
export function pieces(patch: Patch): readonly Patch[] {
  const { add, set, del } = patch.pods;
  if (!patch.live || patch.full || add.length + set.length + del.length <= crowd) return [patch];
  // Deletions first: a slot may be freed and filled again.
  const steps: Changes<PodItem>[] = [
    ...parts(del).map((del) => ({ ...none, del })),
    ...parts(add).map((add) => ({ ...none, add })),
    ...parts(set).map((set) => ({ ...none, set })),
  ];
  return steps.map((pods, i) => {
    const nodes = i === 0 ? patch.nodes : none; // pods stand on them
    if (i === steps.length - 1) return { ...patch, nodes, pods };
    return { ...patch, nodes, pods, services: none, traffic: none, processes: none, cgroups: none, mounts: none, networks: none, events: [], goals: [], settled: false };
  });
}

function parts<T>(list: readonly T[]): readonly (readonly T[])[] {
  const out: (readonly T[])[] = [];
  for (let i = 0; i < list.length; i += crowd) out.push(list.slice(i, i + crowd));
  return out;
}
