/** Whether time passes, how fast, and over which stretch. Pure. */

import type { ClockMode } from '../engine/protocol.js';
import type { World } from './world.js';

export interface Pace {
  readonly playing: boolean;
  readonly speed: number;
  /** Time was passing when the person began to look at the past, and is to pass again afterwards. */
  readonly resume: boolean;
}

export const speeds: readonly number[] = [0.25, 0.5, 1, 2, 5, 10, 30, 100];

export const running: Pace = { playing: true, speed: 1, resume: false };

/** The person looks at a moment: time stands still meanwhile. */
export function looking(p: Pace): Pace {
  return { ...p, playing: false, resume: p.resume || p.playing };
}

/** The person is back in the present. */
export function present(p: Pace): Pace {
  return p.resume ? { ...p, playing: true, resume: false } : p;
}

export function play(p: Pace, playing: boolean): Pace {
  return { ...p, playing, resume: false };
}

/** What the worker's clock is to do. */
export function mode(p: Pace, world: World, hidden: boolean): ClockMode {
  if (!p.playing || hidden) return { kind: 'paused' };
  if (world.live) return { kind: 'live', speed: p.speed };
  return { kind: 'replay', speed: p.speed, from: world.ms, end: world.end };
}
