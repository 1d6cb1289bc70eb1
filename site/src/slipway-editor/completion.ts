/** What could stand at a place in a manifest, and the text it puts there. */

import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { SchemaField } from '../model.js';
import type { Schema } from './desk.js';
import { placeAt, type Place } from './place.js';

/** An offer, before it is one of CodeMirror's. */
export interface Offer {
  readonly label: string;
  readonly detail: string;
  readonly info: string;
  readonly insert: string;
  readonly required: boolean;
  /** A value is asked for next, and which ones there are is known. */
  readonly more: boolean;
}

/** What may stand at a place. */
export async function offers(place: Place, schema: Schema): Promise<readonly Offer[]> {
  const kinds = (await schema.field('', [])).fields;
  const kind = kinds.some((k) => k.name === place.kind) ? place.kind : '';
  if (place.at === 'key') return keys(place, kind, kinds, schema);
  const [name, more] = place.names;
  if (more === undefined && name === 'kind') return kinds.map((k) => value(k.name, k.type, k.text));
  if (more === undefined && name === 'apiVersion' && kind === '') return [...new Set(kinds.map((k) => k.type))].sort().map((v) => value(v, '', ''));
  return values(place.names, kind, schema);
}

async function keys(place: Place, kind: string, kinds: readonly SchemaField[], schema: Schema): Promise<readonly Offer[]> {
  if (kind === '') {
    if (place.names.length > 0 || !kinds[0]) return [];
    const { fields } = await schema.field(kinds[0].name, []);
    return fresh(fields, place).filter((f) => f.name !== 'spec' && f.name !== 'status').map((f) => key(f, place, false));
  }
  const { field, fields } = await schema.field(kind, place.names);
  if (!field) return [];
  const list = field.type.startsWith('[]');
  if (fields.length === 0 && list && place.item) return field.values.map((v) => value(v, '', ''));
  return fresh(fields, place).map((f) => key(f, place, list && !place.item && place.beside.length === 0));
}

function fresh(fields: readonly SchemaField[], place: Place): readonly SchemaField[] {
  return fields.filter((f) => !place.beside.includes(f.name));
}

async function values(names: readonly string[], kind: string, schema: Schema): Promise<readonly Offer[]> {
  const { field } = await schema.field(kind, names);
  if (!field) return [];
  const words = field.type === 'boolean' ? ['true', 'false'] : field.values;
  return words.map((v) => value(v, '', ''));
}

function value(label: string, detail: string, info: string): Offer {
  return { label, detail, info, insert: label, required: false, more: false };
}

/** A field's name with what has to come behind it: a value, deeper fields, or the first dash of a list. */
function key(f: SchemaField, place: Place, dash: boolean): Offer {
  const column = place.column + (dash ? 2 : 0);
  const form = formOf(f.type);
  const behind = form === 'value' ? ': ' : `:\n${' '.repeat(column)}${form === 'list' ? '- ' : '  '}`;
  return {
    label: f.name, detail: f.type, info: f.text, required: f.required,
    insert: `${dash ? '- ' : ''}${f.name}${behind}`,
    more: f.values.length > 0 || f.type === 'boolean' || (place.names.length === 0 && f.name === 'kind'),
  };
}

/** What is written behind a field of a type, as explain spells it. */
function formOf(type: string): 'value' | 'list' | 'fields' {
  if (type.startsWith('[]')) return 'list';
  return /^(?:string|integer|boolean|Quantity|IntOrString)$/.test(type) ? 'value' : 'fields';
}

/** CodeMirror's source of completions. `then` is called when a value could be completed next. */
export function source(schema: Schema, then: (context: CompletionContext) => void) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const place = placeAt(context.state.doc.toString(), context.pos);
    if (!place || (!context.explicit && place.word === '')) return null;
    const found = await offers(place, schema);
    const options = found.map((o): Completion => ({
      label: o.label, detail: o.detail, boost: o.required ? 1 : 0, ...(o.info === '' ? {} : { info: o.info }),
      apply: (view, _completion, from, to) => {
        view.dispatch({ changes: { from, to, insert: o.insert }, selection: { anchor: from + o.insert.length }, userEvent: 'input.complete' });
        if (o.more) then(context);
      },
    }));
    return options.length === 0 ? null : { from: place.from, options, validFor: /^[\w./-]*$/ };
  };
}
