/** What apply would refuse, as places in the text. Pure. */

import type { Finding } from '../model.js';

export interface Mark {
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly column: number;
  readonly text: string;
  readonly hint: string;
}

/** Each finding from where it stands to the end of the word there; of a line if the column is not known. */
export function marks(text: string, findings: readonly Finding[]): readonly Mark[] {
  const lines = text.split('\n');
  return findings.map(({ line, column, text: says, hint }) => {
    const at = Math.min(Math.max(line, 1), lines.length) - 1;
    const content = lines[at] ?? '';
    const start = lines.slice(0, at).reduce((n, l) => n + l.length + 1, 0);
    const indent = content.length - content.trimStart().length;
    const first = column > 0 ? Math.min(units(content, column - 1), content.length) : indent;
    const word = column > 0 ? /^(?:"[^"]*"|'[^']*'|[^\s:#,\]}]+)/.exec(content.slice(first))?.[0].length ?? 0 : content.length - indent;
    const from = start + (word === 0 ? Math.min(first, Math.max(content.length - 1, 0)) : first);
    return { from, to: Math.min(Math.max(from + Math.max(word, 1), from), text.length), line: at + 1, column: from - start + 1, text: says, hint };
  });
}

/** The place in UTF-16 units behind so many characters. */
function units(text: string, characters: number): number {
  return [...text].slice(0, characters).join('').length;
}
