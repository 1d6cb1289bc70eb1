/** Finding lessons and their steps by words. Pure. */

import { list, record, str } from '../fields.js';

export interface Entry {
  readonly name: string;
  readonly steps: readonly { readonly id: string; readonly title: string; readonly text: string }[];
}

export interface Hit {
  readonly name: string;
  readonly steps: readonly { readonly id: string; readonly title: string }[];
}

/** Reads `/lessons/index.<lang>.json`. */
export function entries(value: unknown): readonly Entry[] {
  return list(record({ value }, 'index'), 'value', (f) => ({
    name: str(f, 'name'),
    steps: list(f, 'steps', (s) => ({ id: str(s, 'id'), title: str(s, 'title'), text: str(s, 'text') })),
  }));
}

/** Without case, accents and tones, so that "nhan" finds "nhãn" and "Đường" is found by "duong". */
export function fold(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd');
}

/** The lessons that have all the words, in a title or in one step; `titles` are title and summary, by name. */
export function search(query: string, all: readonly Entry[], titles: ReadonlyMap<string, string>): readonly Hit[] {
  const words = fold(query).split(/\s+/).filter((w) => w !== '');
  const has = (text: string): boolean => words.every((w) => text.includes(w));
  return all.flatMap((lesson): Hit[] => {
    const title = fold(titles.get(lesson.name) ?? '');
    if (words.length === 0) return [{ name: lesson.name, steps: [] }];
    const steps = lesson.steps.filter((s) => has(`${fold(s.title)} ${fold(s.text)}`));
    return has(title) || steps.length > 0 ? [{ name: lesson.name, steps }] : [];
  });
}
