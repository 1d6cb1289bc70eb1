/** What a paste puts into the line. Pure. */

/**
 * The text as it goes into the line: line ends are plain, and the end of a single line is dropped, so that
 * nothing runs before the person has seen it. Several lines stay several lines: the engine decides what they are.
 */
export function pasted(text: string): string {
  const plain = text.replace(/\r\n?/g, '\n');
  return lines(plain.trimEnd()) === 1 ? plain.trim() : plain.replace(/\n+$/, '\n').trimEnd();
}

export function lines(text: string): number {
  return text.split('\n').length;
}
