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

/**
 * One step back (-1) or forward (+1) from the text now in the line: the walk and the text to show. If earlier commands hold what was
 * being written, only those are met: that is how a history is searched.
 */
export function walk(r: Recall, by: -1 | 1, text: string): readonly [Recall, string] {
  const draft = r.at === r.past.length ? text : r.draft;
  const holds = (line: string | undefined) => line?.includes(draft.trim()) ?? true;
  const searched = r.past.some(holds);
  let at = r.at + by;
  while (searched && at >= 0 && !holds(r.past[at])) at += by;
  if (at < 0 || at > r.past.length) return [r, text];
  return [{ ...r, at, draft }, r.past[at] ?? draft];
}
