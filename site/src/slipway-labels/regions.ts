/** Where chips stand: together with those that are in the same sets. Pure: widths in, places out, in CSS pixels. */

import type { Chip, LabelSet } from '../panels.js';
import type { Box } from '../slipway-cluster/layout.js';

/** How much of an object is drawn: its name and labels, its name, or its shape alone. */
export type Density = 'full' | 'name' | 'dot';

export interface ChipPlace extends Box {
  readonly chip: Chip;
}

/** The objects that are in just these sets. */
export interface Region extends Box {
  readonly key: string;
  /** Places of the sets; none for objects nobody selects. */
  readonly sets: readonly number[];
  readonly chips: readonly ChipPlace[];
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly density: Density;
  readonly regions: readonly Region[];
}

const gap = 12;
const inset = 10;
const headHeight = 34;
const chipGap = 6;
/** About how wide one character of a name is at the size of the style sheet. */
export const mono = 7.3;

const sizes: Readonly<Record<Density, { readonly h: number; readonly least: number; readonly most: number }>> = {
  full: { h: 44, least: 96, most: 300 },
  name: { h: 28, least: 60, most: 220 },
  dot: { h: 24, least: 24, most: 24 },
};

export function densityOf(chips: number): Density {
  if (chips <= 16) return 'full';
  return chips <= 48 ? 'name' : 'dot';
}

/**
 * Regions in the order of the sets they lie in, those outside of all sets last; chips in the order in which they came. A region
 * is known by its sets' names, so that it stays where it is when a chip joins or leaves.
 */
export function layout(width: number, chips: readonly Chip[], sets: readonly LabelSet[]): Layout {
  const density = densityOf(chips.length);
  const groups = new Map<string, { readonly sets: readonly number[]; readonly chips: Chip[] }>();
  for (const chip of chips) {
    const key = chip.in.join(' ');
    const group = groups.get(key) ?? { sets: chip.in, chips: [] };
    group.chips.push(chip);
    groups.set(key, group);
  }
  const sorted = [...groups.values()].sort((a, b) => compare(a.sets, b.sets));
  const regions: Region[] = [];
  let y = 0;
  for (const group of sorted) {
    const places = flow(width - 2 * inset, y + headHeight, group.chips, density);
    const h = Math.max(...places.map((p) => p.y + p.h)) + inset - y;
    regions.push({ x: 0, y, w: width, h, key: regionKey(group.sets, sets), sets: group.sets, chips: places });
    y += h + gap;
  }
  return { width, height: Math.max(0, y - gap), density, regions };
}

function regionKey(places: readonly number[], sets: readonly LabelSet[]): string {
  return `region ${places.map((i) => sets[i]?.key || 'typed').join(' ')}`;
}

/** Sets in order; an object outside of all sets comes after those in some. */
function compare(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const x = a[i] ?? Infinity;
    const y = b[i] ?? Infinity;
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

/** Fills lines from the left; each chip is as wide as what it says. */
function flow(width: number, top: number, chips: readonly Chip[], density: Density): readonly ChipPlace[] {
  const { h } = sizes[density];
  let x = inset;
  let y = top;
  return chips.map((chip) => {
    const w = Math.min(width, wide(chip, density));
    if (x > inset && x + w > inset + width) {
      x = inset;
      y += h + chipGap;
    }
    const place = { chip, x, y, w, h };
    x += w + chipGap;
    return place;
  });
}

function wide(chip: Chip, density: Density): number {
  const { least, most } = sizes[density];
  const text = density === 'full' ? Math.max(chip.name.length, chip.labels.join(' ').length * 0.92) : chip.name.length;
  return Math.round(Math.min(most, Math.max(least, text * mono + 42)));
}
