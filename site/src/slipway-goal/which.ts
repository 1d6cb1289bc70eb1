/** Which step's goal is on show. Pure. */

import type { StepMark } from '../slipway-lesson/steps.js';

export interface Target {
  readonly step: StepMark;
  /** Its place among all steps, from 1. */
  readonly number: number;
  /** The step asks for a prediction that was not made yet: the picture would give the answer away. */
  readonly asks: boolean;
}

/** The first step with goals that are not all met; undefined if there is none. Goals are met in this order, so it is the one to do. */
export function target(steps: readonly StepMark[], answers: Readonly<Record<string, number>>): Target | undefined {
  const i = steps.findIndex((s) => s.goals > 0 && !s.done);
  const step = steps[i];
  return step && { step, number: i + 1, asks: step.asks && answers[step.id] === undefined };
}
