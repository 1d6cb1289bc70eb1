/** Reading a JSON object field by field; each reader throws an Error that names the field it found wrong. */

export type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function record(value: unknown, name: string): Fields {
  if (!isFields(value)) throw new Error(`${name}: not an object`);
  return value;
}

/** An absent or null list is an empty one: Go writes nil slices so. */
export function array(value: unknown, name: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new Error(`${name}: not a list`);
  return value;
}

export function list<T>(f: Fields, name: string, item: (f: Fields) => T): readonly T[] {
  return array(f[name], name).map((v) => item(record(v, name)));
}

export function str(f: Fields, name: string): string {
  const v = f[name];
  if (typeof v !== 'string') throw new Error(`${name}: not a string`);
  return v;
}

export function num(f: Fields, name: string): number {
  const v = f[name];
  if (typeof v !== 'number') throw new Error(`${name}: not a number`);
  return v;
}

export function oneOf<T extends string>(f: Fields, name: string, of: readonly T[]): T {
  const v = of.find((x) => x === f[name]);
  if (v === undefined) throw new Error(`${name}: ${JSON.stringify(f[name])} is none of ${of.join(', ')}`);
  return v;
}

export function numbers(value: unknown, name: string): readonly number[] {
  return array(value, name).map((v) => {
    if (typeof v !== 'number') throw new Error(`${name}: not a number`);
    return v;
  });
}

export function texts(f: Fields, name: string): readonly string[] {
  return array(f[name], name).map((v) => {
    if (typeof v !== 'string') throw new Error(`${name}: not a string`);
    return v;
  });
}
