/** A manifest to begin with, for each kind. */

import type { SchemaField } from '../model.js';

const files = import.meta.glob<string>('./templates/*.yaml', { query: '?raw', import: 'default', eager: true });

/** A first manifest of a kind: one that applies as it is, or at least what every manifest has. */
export function template(kind: SchemaField): string {
  return files[`./templates/${kind.name}.yaml`] ?? `apiVersion: ${kind.type}\nkind: ${kind.name}\nmetadata:\n  name: new\n`;
}

/** A text with another document behind it. */
export function withDocument(text: string, more: string): string {
  return text.trim() === '' ? more : `${text.trimEnd()}\n---\n${more}`;
}
