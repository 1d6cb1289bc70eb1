/** How far a lesson has come. Pure. */

import type { GoalState } from '../model.js';

export interface Progress {
  readonly met: number;
  readonly of: number;
}

/** Counts the lesson's own goals; one the engine has not spoken of is unmet. */
export function progress(ids: readonly string[], goals: readonly GoalState[]): Progress {
  const met = new Set(goals.filter((g) => g.met).map((g) => g.id));
  return { met: ids.filter((id) => met.has(id)).length, of: ids.length };
}
