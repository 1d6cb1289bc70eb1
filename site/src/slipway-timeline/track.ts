/** The marks above and below the bar, as few paths: hundreds of shapes that all move whenever time passes would cost frames. Pure. */

import type { HistoryEntry, Tone, WorldEvent } from '../model.js';
import { places, toPlace } from './scale.js';

/** Marks closer than this many places are one mark. */
export const grain = 4;

export interface Marks {
  readonly tone: Tone;
  /** A dot for each place something of this tone happened at. */
  readonly path: string;
}

/** A path of dots for each tone that occurs, in places across and pixels down; what is worse lies above. */
export function eventMarks(events: readonly WorldEvent[], end: number, y: number): readonly Marks[] {
  return worst.flatMap((tone) => {
    const at = spots(events.filter((e) => e.tone === tone).map((e) => e.ms), end);
    return at.length === 0 ? [] : [{ tone, path: at.map((x) => `M${x} ${y}h0`).join('') }];
  });
}

/** A path of strokes where commands were typed. */
export function commandMarks(entries: readonly HistoryEntry[], end: number, y: number, height: number): string {
  return spots(entries.map((e) => e.ms), end).map((x) => `M${x} ${y}v${height}`).join('');
}

/** The tones from the quietest to the loudest. */
const worst: readonly Tone[] = ['idle', 'ok', 'busy', 'warn', 'bad'];

function spots(moments: readonly number[], end: number): readonly number[] {
  return [...new Set(moments.map((ms) => Math.min(places, Math.round(toPlace(ms, end) / grain) * grain)))];
}
