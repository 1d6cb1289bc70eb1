/**
 * A session kept across reloads: the engine's log, and what the terminal showed.
 *
 * Storage may be full, forbidden or hold anything; none of that may stop the page.
 */

import { list, num, oneOf, record, str } from '../fields.js';
import { tail, type Block, type Transcript } from './transcript.js';

export interface Saved {
  readonly log: string;
  readonly transcript: Transcript;
}

/** The part of Storage that is used, so that tests can bring their own. */
export type Box = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const version = 1;
const transcriptBudget = 60_000;

export function keyOf(lesson: string): string {
  return `slipway:session:${lesson}`;
}

/** Keeps a session; false if there was no room or no permission. */
export function keep(box: Box, lesson: string, saved: Saved): boolean {
  const transcript = tail(saved.transcript, transcriptBudget);
  try {
    box.setItem(keyOf(lesson), JSON.stringify({ version, log: saved.log, transcript }));
    return true;
  } catch {
    return false;
  }
}

/** The kept session; undefined if there is none that can be read. */
export function find(box: Box, lesson: string): Saved | undefined {
  try {
    const text = box.getItem(keyOf(lesson));
    return text === null ? undefined : parse(text);
  } catch {
    return undefined;
  }
}

export function forget(box: Box, lesson: string): void {
  try {
    box.removeItem(keyOf(lesson));
  } catch {
    // Forbidden storage holds nothing to forget.
  }
}

function parse(text: string): Saved {
  const value: unknown = JSON.parse(text);
  if (num(record(value, 'session'), 'version') !== version) throw new Error('another version');
  return parseSaved(value);
}

/** A kept session from outside; throws an Error naming the field that is wrong. */
export function parseSaved(value: unknown): Saved {
  const f = record(value, 'session');
  const transcript = list(f, 'transcript', (b): Block => ({
    id: num(b, 'id'),
    kind: oneOf(b, 'kind', ['command', 'out', 'err', 'note']),
    prompt: str(b, 'prompt'),
    text: str(b, 'text'),
  }));
  return { log: str(f, 'log'), transcript };
}

/** The browser's storage, or a box that forgets where there is none. */
export function browserBox(): Box {
  try {
    return window.localStorage;
  } catch {
    return { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
  }
}
