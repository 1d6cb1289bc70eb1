/**
 * What a person has done in all lessons: goals once reached, predictions once made. It outlives sessions, which can be started over.
 *
 * Storage may hold anything, and files come from anywhere: what is not progress is put aside, never trusted.
 */

import { array, record } from '../fields.js';
import type { Box } from './store.js';

export interface LessonProgress {
  readonly goals: readonly string[];
  /** The choice made, by step. */
  readonly answers: Readonly<Record<string, number>>;
}

export type Progress = Readonly<Record<string, LessonProgress>>;

const key = 'slipway:progress';
const version = 1;
/** The most of anything: no lesson comes near it. */
const most = 300;

export const none: LessonProgress = { goals: [], answers: {} };

/** All that is known of both. */
export function merge(a: Progress, b: Progress): Progress {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return Object.fromEntries(names.map((name) => {
    const one = a[name] ?? none;
    const other = b[name] ?? none;
    return [name, { goals: [...new Set([...one.goals, ...other.goals])].sort(), answers: { ...one.answers, ...other.answers } }];
  }));
}

export function write(p: Progress): string {
  return JSON.stringify({ version, lessons: p });
}

/** Reads what `write` wrote; throws an Error that names what is wrong. */
export function parse(text: string): Progress {
  const f = record(JSON.parse(text), 'progress');
  if (f['version'] !== version) throw new Error('another version');
  return lessonsOf(f['lessons']);
}

export function lessonsOf(value: unknown): Progress {
  const lessons = record(value, 'lessons');
  return Object.fromEntries(Object.keys(lessons).slice(0, most).map((name) => [id(name), one(lessons[name])]));
}

function one(value: unknown): LessonProgress {
  const f = record(value, 'lesson');
  const answers = f['answers'] === undefined ? {} : record(f['answers'], 'answers');
  return {
    goals: array(f['goals'], 'goals').slice(0, most).map(id),
    answers: Object.fromEntries(Object.keys(answers).slice(0, most).map((step) => [id(step), choice(answers[step])])),
  };
}

function id(value: unknown): string {
  if (typeof value !== 'string' || !/^[a-z0-9-]{1,63}$/.test(value)) throw new Error(`${JSON.stringify(value)?.slice(0, 80)} is no name`);
  return value;
}

function choice(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 9) throw new Error('no choice');
  return value;
}

/** The progress in the box. What cannot be read is put aside, and there is none. */
export function load(box: Box): Progress {
  let text: string | null = null;
  try {
    text = box.getItem(key);
    return text === null ? {} : parse(text);
  } catch {
    try {
      if (text !== null) box.setItem(`${key}:refused`, text);
    } catch {
      // No room to put it aside.
    }
    return {};
  }
}

/** Adds to what the box holds by now, which another tab may have written. False if there was no room. */
export function add(box: Box, more: Progress): boolean {
  try {
    const before = load(box);
    const after = write(merge(before, more));
    if (after !== write(before)) box.setItem(key, after);
    return true;
  } catch {
    return false;
  }
}
