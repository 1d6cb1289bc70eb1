/** How far a lesson has come, and what a code block would type. Pure. */

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

/** The commands of a code block: prompts go, and so do the lines of output between them. */
export function typed(code: string): string {
  const lines = code.trimEnd().split('\n');
  const prompted = lines.filter((l) => l.startsWith('$ '));
  return prompted.length > 0 ? prompted.map((l) => l.slice(2)).join('\n') : lines.join('\n');
}
