/** Which object is on show: the one a person chose, or else the newest pod. Pure. */

import { filled, type World } from '../session/world.js';

export interface Choice {
  /** Key of the object; empty if there is none. */
  readonly key: string;
  readonly byHand: boolean;
}

export const noChoice: Choice = { key: '', byHand: false };

/** The choice after the world has changed. A pod that was chosen and is gone makes room for the newest one. */
export function follow(choice: Choice, before: World | undefined, world: World): Choice {
  if (before && before.pods === world.pods) return choice;
  const here = new Set(filled(world.pods).map(([, p]) => p.key));
  if (choice.byHand && (here.has(choice.key) || !choice.key.startsWith('pod/'))) return choice;
  const old = new Set(filled(before?.pods ?? []).map(([, p]) => p.key));
  const newest = [...here].findLast((key) => !old.has(key));
  if (newest !== undefined) return { key: newest, byHand: false };
  return here.has(choice.key) ? choice : { key: [...here].at(-1) ?? '', byHand: false };
}
