/** The text in the editor, kept across reloads. Storage may be full, forbidden or hold anything. */

import type { Box } from '../session/store.js';

/** No manifest of a lesson comes near it; a longer text is not kept. */
export const longest = 64_000;

function keyOf(lesson: string): string {
  return `slipway:draft:${lesson}`;
}

/** The kept text; empty if there is none. */
export function findDraft(box: Box, lesson: string): string {
  try {
    return (box.getItem(keyOf(lesson)) ?? '').slice(0, longest);
  } catch {
    return '';
  }
}

/** Keeps the text; false if it is too long or there is no room. */
export function keepDraft(box: Box, lesson: string, text: string): boolean {
  try {
    if (text.trim() === '') box.removeItem(keyOf(lesson));
    else if (text.length > longest) return false;
    else box.setItem(keyOf(lesson), text);
    return true;
  } catch {
    return false;
  }
}
