/** From real time to virtual time: a pure clock, asked every 50 ms by the worker. */

import type { Input } from '../wire.js';
import type { ClockMode } from './protocol.js';

/** Real milliseconds between two steps. */
export const period = 50;

/** A longer gap than this counts as this: a sleeping laptop must not wake to an hour of Kubernetes. */
const longest = 250;

export interface Clock {
  readonly mode: ClockMode;
  /** Real milliseconds at the last step. */
  readonly at: number;
  /** The part of a virtual millisecond that was not handed out yet. */
  readonly rest: number;
}

export function start(mode: ClockMode, now: number): Clock {
  return { mode, at: now, rest: 0 };
}

/** One step: the clock after it, and what to ask of the engine, if anything. */
export function advance(clock: Clock, now: number): readonly [Clock, Input | undefined] {
  const { mode } = clock;
  if (mode.kind === 'paused') return [{ ...clock, at: now, rest: 0 }, undefined];
  const passed = Math.min(longest, Math.max(0, now - clock.at)) * mode.speed + clock.rest;
  const ms = Math.floor(passed);
  const next = { ...clock, at: now, rest: passed - ms };
  if (ms === 0) return [next, undefined];
  if (mode.kind === 'live') return [next, { op: 'tick', ms }];
  const from = mode.from + ms;
  if (from >= mode.end) return [{ ...next, mode: { kind: 'paused' } }, { op: 'live' }];
  return [{ ...next, mode: { ...mode, from } }, { op: 'seek', ms: from }];
}
