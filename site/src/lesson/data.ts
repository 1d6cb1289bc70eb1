/** A lesson's files, as the site's build writes them. */

import { array, list, num, record, str } from '../fields.js';

/** A lesson's steps as the page needs them; the rest of the scenario is the engine's affair. */
export function lessonSteps(scenario: unknown): readonly { id: string; goals: readonly string[]; solution: readonly string[] }[] {
  return list(record(scenario, 'scenario'), 'steps', (s) => ({
    id: str(s, 'id'),
    goals: list(s, 'goals', (g) => str(g, 'id')),
    solution: array(s['solution'], 'solution').map(String),
  }));
}

/** A lesson's place among the others; 0 if its scenario gives none. */
export function lessonOrder(scenario: unknown): number {
  const order = record(scenario, 'scenario')['order'];
  return typeof order === 'number' ? order : 0;
}

/** Whether a lesson is about a machine, and needs the engine that has one. */
export function onMachine(scenario: unknown): boolean {
  return record(scenario, 'scenario')['machine'] === true;
}

/** A lesson's text in one language, as `lessons/<name>/<lang>.json` holds it. */
export interface LessonText {
  readonly lang: string;
  readonly title: string;
  readonly summary: string;
  readonly steps: readonly {
    readonly id: string;
    readonly html: string;
    readonly goals: Readonly<Record<string, string>>;
    readonly hints: readonly string[];
    /** How to do the same on a real machine. */
    readonly real: readonly string[];
    readonly predict: Predict | undefined;
  }[];
}

/** A question before a step; its texts are HTML. */
export interface Predict {
  readonly question: string;
  readonly choices: readonly string[];
  readonly right: number;
  readonly why: string;
}

function predict(value: unknown): Predict | undefined {
  if (value === undefined || value === null) return undefined;
  const f = record(value, 'predict');
  return { question: str(f, 'question'), choices: array(f['choices'], 'choices').map(String), right: num(f, 'right'), why: str(f, 'why') };
}

/** Reads a lesson's text; throws an Error naming the field that is wrong. */
export function lessonText(value: unknown): LessonText {
  const f = record(value, 'lesson');
  return {
    lang: str(f, 'lang'),
    title: str(f, 'title'),
    summary: str(f, 'summary'),
    steps: list(f, 'steps', (s) => {
      const goals = s['goals'] === undefined || s['goals'] === null ? {} : record(s['goals'], 'goals');
      return {
        id: str(s, 'id'),
        html: str(s, 'html'),
        goals: Object.fromEntries(Object.keys(goals).map((id) => [id, str(goals, id)])),
        hints: array(s['hints'], 'hints').map(String),
        real: array(s['real'], 'real').map(String),
        predict: predict(s['predict']),
      };
    }),
  };
}
