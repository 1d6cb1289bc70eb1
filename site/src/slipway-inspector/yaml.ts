/** YAML as the engine prints it, in coloured pieces. Pure: it colours lines, it does not understand them. */

export interface Piece {
  readonly kind: 'plain' | 'key' | 'text' | 'number' | 'comment';
  readonly text: string;
}

const keyed = /^(\s*(?:- )*)("[^"]*"|[^\s#"'-][^:]*?|-[^\s:][^:]*?)(:)(\s+.*|)$/;
const literal = /^(?:true|false|null|~|-?\d[\d.eE+-]*)$/;

/** One line in pieces; joined they are the line. */
export function pieces(line: string): readonly Piece[] {
  if (/^\s*#/.test(line)) return [{ kind: 'comment', text: line }];
  const m = keyed.exec(line);
  if (!m) return value(line);
  const [, indent = '', key = '', colon = '', rest = ''] = m;
  const all: readonly Piece[] = [{ kind: 'plain', text: indent }, { kind: 'key', text: key }, { kind: 'plain', text: colon }, ...value(rest)];
  return all.filter((p) => p.text !== '');
}

function value(text: string): readonly Piece[] {
  const [, before = '', core = ''] = /^(\s*(?:- )*)(.*)$/.exec(text) ?? [];
  const kind = literal.test(core) ? 'number' : 'text';
  const all: readonly Piece[] = [{ kind: 'plain', text: before }, { kind, text: core }];
  return all.filter((p) => p.text !== '');
}
