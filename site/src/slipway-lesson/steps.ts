/** The steps of a lesson: which there are, which are done, and which the person is reading. */

import type { GoalState } from '../model.js';

export interface StepMark {
  readonly id: string;
  readonly title: string;
  /** All its goals are met; false for a step without goals. */
  readonly done: boolean;
  /** How many goals it has. */
  readonly goals: number;
  /** It asks for a prediction before it is done. */
  readonly asks: boolean;
}

export function stepsOf(root: ParentNode, goals: readonly GoalState[]): readonly StepMark[] {
  const met = new Set(goals.filter((g) => g.met).map((g) => g.id));
  return [...root.querySelectorAll<HTMLElement>('[data-step]')].map((section) => {
    const ids = [...section.querySelectorAll<HTMLElement>('[data-goal]')].map((el) => el.dataset['goal'] ?? '');
    return {
      id: section.dataset['step'] ?? '',
      title: section.querySelector('h2')?.textContent ?? '',
      done: ids.length > 0 && ids.every((id) => met.has(id)),
      goals: ids.length,
      asks: section.querySelector('[data-predict]') !== null,
    };
  });
}

/** The step being read: the last whose top is above the line. Tops are in reading order. */
export function reading(tops: readonly number[], line: number): number {
  return Math.max(0, tops.filter((top) => top <= line).length - 1);
}
