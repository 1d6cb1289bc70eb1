/** What Tab does to the line. Pure; places are counted in UTF-16 units. */

import type { Completion } from '../model.js';

export interface Line {
  readonly text: string;
  readonly cursor: number;
}

/** Completions on offer for one word, and which of them is in the line (-1: none yet). */
export interface Offer {
  readonly from: number;
  readonly items: readonly Completion[];
  readonly index: number;
}

/** The first Tab: the only completion, or as much as all of them share and an offer to choose from. */
export function begin(line: Line, from: number, items: readonly Completion[]): readonly [Line, Offer | undefined] {
  const [only] = items;
  if (!only) return [line, undefined];
  if (items.length === 1) return [replace(line, from, closed(only.text, line)), undefined];
  const shared = common(items.map((i) => i.text));
  const grown = shared.length > line.cursor - from ? replace(line, from, shared) : line;
  return [grown, { from, items, index: -1 }];
}

/** Each further Tab puts the next one in the line; `by` is -1 for Shift+Tab. */
export function cycle(line: Line, offer: Offer, by: -1 | 1): readonly [Line, Offer] {
  const n = offer.items.length;
  const index = offer.index < 0 ? (by > 0 ? 0 : n - 1) : (offer.index + by + n) % n;
  return pick(line, offer, index);
}

export function pick(line: Line, offer: Offer, index: number): readonly [Line, Offer] {
  const text = offer.items[index]?.text ?? '';
  return [replace(line, offer.from, text), { ...offer, index }];
}

/** The longest beginning that all share. */
export function common(texts: readonly string[]): string {
  const [first = '', ...rest] = texts;
  let n = first.length;
  for (const text of rest) {
    while (!text.startsWith(first.slice(0, n))) n--;
  }
  return first.slice(0, n);
}

function replace(line: Line, from: number, by: string): Line {
  return { text: line.text.slice(0, from) + by + line.text.slice(line.cursor), cursor: from + by.length };
}

/** A finished word is followed by a space, unless more of it is to come or a space is there. */
function closed(text: string, line: Line): string {
  return line.cursor < line.text.length || /[\s/=:,]$/.test(text) ? text : `${text} `;
}
