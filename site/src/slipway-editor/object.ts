/** An object that is edited as it is, by kubectl edit. Pure. */

/** What the engine hands to the editor: the line that was typed, and the object's text. */
export interface EditRequest {
  readonly line: string;
  readonly text: string;
}

/** The command that edits the object of a key: KIND/NAMESPACE/NAME or KIND/NAME. */
export function editLine(key: string): string {
  const [kind = '', second = '', name] = key.split('/');
  if (name === undefined) return `kubectl edit ${kind}/${second}`;
  return `kubectl edit ${kind}/${name}${second === 'default' ? '' : ` -n ${second}`}`;
}

/** The text as it counts: without remarks. */
export function content(text: string): string {
  return text.split('\n').filter((line) => !/^\s*#/.test(line)).join('\n').trim();
}

/** Whether a command complains only of what it did all the same. */
export function warns(said: string): boolean {
  return said.trimEnd().split('\n').every((line) => line.startsWith('Warning: '));
}

/** The text as a dry run may see it: the version it was read at, which apply would insist on, is a remark. Lines stay where they are. */
export function forApply(text: string): string {
  return text.replace(/^ {2}resourceVersion:/m, '# resourceVersion:');
}
