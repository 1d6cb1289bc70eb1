/** All that a person did, as a file: progress, and the sessions that are kept. */

import { record } from '../fields.js';
import * as progress from './progress.js';
import { find, keep, type Box, type Saved, parseSaved } from './store.js';

const version = 1;
/** Most bytes of a file that is read. */
export const largest = 16_000_000;

export function write(box: Box, lessons: readonly string[]): string {
  const sessions = Object.fromEntries(lessons.flatMap((name): [string, Saved][] => {
    const saved = find(box, name);
    return saved ? [[name, saved]] : [];
  }));
  return JSON.stringify({ slipway: 'progress', version, lessons: progress.load(box), sessions });
}

export interface Restored {
  /** Lessons in which something was done. */
  readonly lessons: number;
  /** Sessions put where there was none. */
  readonly sessions: number;
  /** There was no room for all of it. */
  readonly full: boolean;
}

/** Adds what a file holds; a session that is here already stays. Throws an Error if it is no such file, and changes nothing then. */
export function restore(box: Box, text: string, known: readonly string[]): Restored {
  const f = record(JSON.parse(text), 'file');
  if (f['slipway'] !== 'progress' || f['version'] !== version) throw new Error('this is no file of progress');
  const lessons = progress.lessonsOf(f['lessons']);
  const from = f['sessions'] === undefined ? {} : record(f['sessions'], 'sessions');
  const sessions = known.flatMap((name): [string, Saved][] => (from[name] === undefined ? [] : [[name, parseSaved(from[name])]]));
  let full = !progress.add(box, lessons);
  let put = 0;
  for (const [name, saved] of sessions) {
    if (find(box, name)) continue;
    if (keep(box, name, saved)) put++;
    else full = true;
  }
  return { lessons: Object.keys(lessons).length, sessions: put, full };
}
