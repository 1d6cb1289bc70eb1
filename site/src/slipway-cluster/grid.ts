/** Moving about the picture by keyboard: rows of keys, one of which has the tab stop. Pure. */

export type Rows = readonly (readonly string[])[];

/** Where a key press leads from `at`; undefined if the key does not move. */
export function move(rows: Rows, at: string, key: string, whole: boolean): string | undefined {
  const r = Math.max(0, rows.findIndex((row) => row.includes(at)));
  const row = rows[r] ?? [];
  const c = Math.max(0, row.indexOf(at));
  switch (key) {
    case 'ArrowRight':
      return row[Math.min(c + 1, row.length - 1)];
    case 'ArrowLeft':
      return row[Math.max(c - 1, 0)];
    case 'ArrowDown':
      return beside(rows, r + 1, c);
    case 'ArrowUp':
      return beside(rows, r - 1, c);
    case 'Home':
      return whole ? rows[0]?.[0] : row[0];
    case 'End':
      return whole ? rows[rows.length - 1]?.at(-1) : row.at(-1);
    default:
      return undefined;
  }
}

function beside(rows: Rows, r: number, c: number): string | undefined {
  const row = rows[Math.min(Math.max(r, 0), rows.length - 1)];
  return row?.[Math.min(c, row.length - 1)];
}

/** The key with the tab stop: the one that had it if it is still there, else the first. */
export function stop(rows: Rows, at: string): string {
  return rows.some((row) => row.includes(at)) ? at : (rows[0]?.[0] ?? '');
}
