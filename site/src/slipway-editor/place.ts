/**
 * Where in a manifest a cursor stands: the fields on the way there, by indentation alone, since a manifest that is being
 * written is seldom whole. It knows YAML's block style; inside braces and texts of several lines it knows nothing. Pure.
 */

export interface Place {
  /** What the document says it is; empty if it says nothing. */
  readonly kind: string;
  /** Whether a field's name or its value stands here. */
  readonly at: 'key' | 'value';
  /** The fields on the way, without indexes; the field itself too, if this is its value. */
  readonly names: readonly string[];
  /** What is written of it before the cursor, and where that begins. */
  readonly word: string;
  readonly from: number;
  /** Column at which the name stands, from 0. */
  readonly column: number;
  /** A dash stands before it. */
  readonly item: boolean;
  /** The names of the fields beside it. */
  readonly beside: readonly string[];
}

interface Line {
  readonly from: number;
  readonly text: string;
  /** Columns of the dashes. */
  readonly dashes: readonly number[];
  /** Where what is behind the dashes begins. */
  readonly column: number;
  readonly key: string | undefined;
  /** What is behind the colon, or all that is behind the dashes, without a remark. */
  readonly rest: string;
  readonly restAt: number;
  readonly silent: boolean;
}

const keyed = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s#"'[\]{},&*!|>%@`][^#]*?)\s*:(\s+|$)/;
const outer = /^(?:kind):\s*["']?([A-Za-z]*)/;

function parse(text: string, from: number): Line {
  let at = text.search(/[^ ]|$/);
  const dashes: number[] = [];
  while (text[at] === '-' && (text[at + 1] === ' ' || at + 1 === text.length)) {
    dashes.push(at++);
    while (text[at] === ' ') at++;
  }
  const behind = text.slice(at);
  const m = keyed.exec(behind);
  const key = m?.[1]?.replace(/^(["'])(.*)\1$/, '$2');
  const restAt = at + (m?.[0].length ?? 0);
  const rest = text.slice(restAt).replace(/(^|\s)#.*$/, '');
  return { from, text, dashes, column: at, key, rest, restAt, silent: /^\s*(#|$)/.test(text) };
}

/** The lines of the document around a place, and which of them it is on. */
function document(text: string, pos: number): { readonly lines: readonly Line[]; readonly here: number } {
  const lines: Line[] = [];
  let here = 0;
  let from = 0;
  for (const line of text.split('\n')) {
    if (line.startsWith('---')) {
      if (from > pos) break;
      lines.length = 0;
    } else {
      if (from <= pos) here = lines.length;
      lines.push(parse(line, from));
    }
    from += line.length + 1;
  }
  return { lines, here };
}

interface Way {
  readonly names: readonly string[];
  readonly beside: readonly string[];
}

/** The way down to a column on a line; undefined if there is none that leads through fields. */
function way(lines: readonly Line[], here: number, start: number, dashes: readonly number[]): Way | undefined {
  const names: string[] = [];
  const beside: string[] = [];
  let [column, list] = dashes[0] === undefined ? [start, false] : [dashes[0], true];
  let first = dashes.length === 0;
  for (const line of lines.slice(0, here).reverse()) {
    if (line.silent) continue;
    const [dash] = line.dashes;
    if (line.key === undefined) {
      if (dash !== undefined && dash < column && !list && line.rest === '') [column, list, first] = [dash, true, false];
      continue;
    }
    if (line.column < column || (list && line.column === column)) {
      if (/^[^&!]/.test(line.rest.trim())) return undefined; // a value, or a text of several lines
      names.unshift(line.key);
      [column, list] = dash === undefined ? [line.column, false] : [dash, true];
      first = false;
    } else if (line.column === column && !list) {
      if (first) beside.push(line.key);
      if (dash !== undefined) [column, list, first] = [dash, true, false];
    }
  }
  return { names, beside: [...beside, ...below(lines, here, start)] };
}

/** The fields beside one that stand further down. */
function below(lines: readonly Line[], here: number, column: number): readonly string[] {
  const names: string[] = [];
  for (const line of lines.slice(here + 1)) {
    if (line.silent) continue;
    if (Math.min(line.column, ...line.dashes) < column || line.dashes[0] === column) break;
    if (line.key !== undefined && line.column === column) names.push(line.key);
  }
  return names;
}

function kindOf(lines: readonly Line[]): string {
  for (const line of lines) {
    const kind = outer.exec(line.text)?.[1];
    if (kind !== undefined) return kind;
  }
  return '';
}

/** What could be completed at a place; undefined if nothing could. */
export function placeAt(text: string, pos: number): Place | undefined {
  const { lines, here } = document(text, pos);
  const whole = lines[here];
  if (!whole || pos < whole.from) return undefined;
  const line = parse(whole.text.slice(0, pos - whole.from), whole.from);
  if (/(^|\s)#/.test(line.text) || (line.text.at(-1) === '-' && line.dashes.length > 0)) return undefined;
  const found = way(lines, here, line.column, line.dashes);
  if (!found) return undefined;
  const head = { kind: kindOf(lines), column: line.column, item: line.dashes.length > 0, beside: found.beside };
  if (line.key !== undefined) {
    if (!/^[^\s"'[{&*!|>]*$/.test(line.rest)) return undefined;
    return { ...head, at: 'value', names: [...found.names, line.key], word: line.rest, from: line.from + line.restAt };
  }
  if (!/^[\w./-]*$/.test(line.rest)) return undefined;
  return { ...head, at: 'key', names: found.names, word: line.rest, from: line.from + line.column };
}

/** The blanks with which the next line begins, if what is before the cursor ends with a field that waits for fields of its own. */
export function deeper(head: string): string | undefined {
  const line = parse(head, 0);
  return line.key !== undefined && line.rest.trim() === '' && !line.silent ? ' '.repeat(line.column + 2) : undefined;
}

export interface FieldAt {
  readonly kind: string;
  readonly names: readonly string[];
  /** Where its name stands. */
  readonly from: number;
  readonly to: number;
}

/** The field a place belongs to: that of its line, or of the lines above if it has none. */
export function fieldAt(text: string, pos: number): FieldAt | undefined {
  const { lines, here } = document(text, pos);
  const line = lines[here];
  if (!line || pos < line.from) return undefined;
  const column = line.silent ? Math.min(line.column, pos - line.from) : line.column;
  const found = way(lines, here, column, line.dashes);
  if (!found) return undefined;
  const from = line.from + line.column;
  const names = line.key === undefined ? found.names : [...found.names, line.key];
  return { kind: kindOf(lines), names, from, to: line.key === undefined ? from : line.from + line.column + line.text.slice(line.column).indexOf(':') };
}
