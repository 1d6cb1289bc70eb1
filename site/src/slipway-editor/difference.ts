/** In what two texts differ, line by line. Pure. */

export type Change = { readonly sign: ' ' | '-' | '+'; readonly text: string };

/** The changes from one text to another, with a few lines around each; empty if there are none. */
export function difference(before: string, after: string, around = 3): readonly Change[] {
  const all = changes(before.split('\n'), after.split('\n'));
  const near = all.map((_, i) => all.slice(Math.max(i - around, 0), i + around + 1).some((c) => c.sign !== ' '));
  return all.filter((_, i) => near[i]);
}

/** A longest common subsequence; what goes comes before what takes its place. */
function changes(a: readonly string[], b: readonly string[]): readonly Change[] {
  const length: number[][] = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number): number => length[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    const row = length[i];
    for (let j = b.length - 1; row && j >= 0; j--) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const out: Change[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      out.push({ sign: ' ', text: a[i++] ?? '' });
      j++;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) out.push({ sign: '-', text: a[i++] ?? '' });
    else out.push({ sign: '+', text: b[j++] ?? '' });
  }
  return out;
}

/** The lines of a unified diff. */
export function fromUnified(text: string): readonly Change[] {
  return text.replace(/\n$/, '').split('\n').filter((line) => !/^(?:diff |--- |\+\+\+ )/.test(line)).map((line): Change => {
    const [first] = line;
    return first === '+' || first === '-' ? { sign: first, text: line.slice(1) } : { sign: ' ', text: line.replace(/^ /, '') };
  });
}
