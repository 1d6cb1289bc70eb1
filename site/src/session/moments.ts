/** Stepping through what has happened: the moments of events and commands. Pure. */

import type { History } from '../model.js';
import type { World } from './world.js';

function moments(world: World, history: History): readonly number[] {
  const commands = history.entries.slice(0, history.cursor).map((e) => e.ms);
  return [...world.events.map((e) => e.ms), ...commands].filter((ms) => ms <= world.end);
}

/** The last moment before the one on show; the beginning if there is none. */
export function before(world: World, history: History): number {
  return Math.max(0, ...moments(world, history).filter((ms) => ms < world.ms));
}

/** The first moment after the one on show; undefined if the next thing is the present. */
export function after(world: World, history: History): number | undefined {
  const next = Math.min(...moments(world, history).filter((ms) => ms > world.ms));
  return next < world.end ? next : undefined;
}
