/** The goal's world as it is drawn: without bars, made up names cut to what was given, groups in the colours they have in the world. Pure. */

import type { PodItem } from '../model.js';
import { filled, type World } from '../session/world.js';
import type { GoalPicture } from '../wire-goal.js';
import { called } from './compare.js';

export function dress({ world, stems }: GoalPicture, here: World): World {
  const hues = coloursOf(filled(world.pods).map(([, p]) => p), filled(here.pods).map(([, p]) => p));
  return {
    ...world,
    nodes: world.nodes.map((n) => n && { ...n, bars: [] }),
    pods: world.pods.map((p) => p && { ...p, name: called(p, stems), hue: hues.get(p.group) ?? p.hue }),
  };
}

/** A number for each group of the goal: the one it has in the world, else one that no group there has. */
function coloursOf(goal: readonly PodItem[], here: readonly PodItem[]): ReadonlyMap<string, number> {
  const hues = new Map(here.filter((p) => p.hue >= 0).map((p) => [p.group, p.hue]));
  const taken = new Set(hues.values());
  for (const { group, hue } of goal) {
    if (hue < 0 || hues.has(group)) continue;
    let free = hue;
    while (taken.has(free)) free++;
    taken.add(free);
    hues.set(group, free);
  }
  return hues;
}
