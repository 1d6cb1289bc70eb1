/** Whether a solution is the last thing that was typed, so that it can be taken back. Pure. */

import type { History } from '../model.js';

export function isLast(lines: readonly string[], history: History): boolean {
  const done = history.entries.slice(0, history.cursor).map((e) => e.text);
  const last = done.slice(done.length - lines.length);
  return lines.length > 0 && done.length >= lines.length && lines.every((line, i) => line.trimEnd() === last[i]?.trimEnd());
}
