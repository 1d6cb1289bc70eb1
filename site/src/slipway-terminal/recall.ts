/** Walking through earlier commands with Up and Down. Pure. */

export interface Recall {
  readonly past: readonly string[];
  /** Where the walk is; `past.length` is the line being written. */
  readonly at: number;
  /** What was being written when the walk began. */
  readonly draft: string;
}

const limit = 200;

export const fresh: Recall = { past: [], at: 0, draft: '' };

export function seed(past: readonly string[]): Recall {
  return { past: past.slice(-limit), at: Math.min(past.length, limit), draft: '' };
}

/** Adds a command; the same one twice running counts once. */
export function remember(r: Recall, line: string): Recall {
  const past = line.trim() === '' || r.past.at(-1) === line ? r.past : [...r.past, line].slice(-limit);
  return { past, at: past.length, draft: '' };
}

/** One step back (-1) or forward (+1) from the text now in the line: the walk and the text to show. */
export function walk(r: Recall, by: -1 | 1, text: string): readonly [Recall, string] {
  const at = Math.min(r.past.length, Math.max(0, r.at + by));
  if (at === r.at) return [r, text];
  const draft = r.at === r.past.length ? text : r.draft;
  return [{ ...r, at, draft }, r.past[at] ?? draft];
}
