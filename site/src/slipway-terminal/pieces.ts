/**
 * Long outputs in pieces, of which the browser lays out those that are on show. Pure.
 *
 * The others are there for screen readers, for whoever searches the page, and to be copied; how large they are is known from their lines.
 */

export interface Piece {
  readonly text: string;
  /** How many lines it has, and how many characters the longest of them. */
  readonly lines: number;
  readonly columns: number;
}

/** Lines of a piece: a screen or two, so that few are laid out and few are made. */
export const size = 60;

/** The pieces of a text, in order: each but the last ends with a line end. A short text is one. */
export function pieces(text: string): readonly Piece[] {
  const out: Piece[] = [];
  for (let from = 0; from < text.length; ) {
    let to = from;
    let columns = 0;
    let lines = 0;
    while (lines < size && to < text.length) {
      const end = text.indexOf('\n', to);
      const next = end < 0 ? text.length : end + 1;
      columns = Math.max(columns, (end < 0 ? next : end) - to);
      lines++;
      to = next;
    }
    out.push({ text: text.slice(from, to), lines, columns });
    from = to;
  }
  return out;
}
