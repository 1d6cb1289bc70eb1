/** The catalogues and how one is chosen. Pure. */

import { en } from './en.js';
import { vi } from './vi.js';

export type Messages = typeof en;
export type Language = 'en' | 'vi';

export const languages: readonly Language[] = ['en', 'vi'];

export const catalogues: Readonly<Record<Language, Messages>> = { en, vi };

/** The first of the wishes (such as `vi-VN`) that there is a catalogue for; English if there is none. */
export function choose(wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const found = languages.find((l) => wish?.toLowerCase().split('-')[0] === l);
    if (found) return found;
  }
  return 'en';
}

/** A word of the engine in the page's language; a word the catalogue lacks stays as it is. */
export function step(t: Messages, label: string): string {
  const names: Readonly<Record<string, string>> = t.stepNames;
  return names[label] ?? label;
}
