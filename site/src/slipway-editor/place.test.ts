import { expect, test } from 'vitest';
import { deeper, fieldAt, placeAt } from './place.js';

/** The place of the bar in a text. */
function at(marked: string) {
  const pos = marked.indexOf('|');
  return placeAt(marked.replace('|', ''), pos);
}

const pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n';

test.each([
  ['the top', `${pod}sp|`, 'key', [], 'sp', ['metadata', 'kind', 'apiVersion']],
  ['a field of a field', `${pod}spec:\n  no|`, 'key', ['spec'], 'no', []],
  ['an empty line', `${pod}spec:\n  |`, 'key', ['spec'], '', []],
  ['a value', `${pod}spec:\n  restartPolicy: Al|`, 'value', ['spec', 'restartPolicy'], 'Al', []],
  ['the first field of an item', `${pod}spec:\n  containers:\n  - na|`, 'key', ['spec', 'containers'], 'na', []],
  ['an item further in', `${pod}spec:\n  containers:\n    - na|`, 'key', ['spec', 'containers'], 'na', []],
  ['the second field of an item', `${pod}spec:\n  containers:\n  - name: web\n    im|`, 'key', ['spec', 'containers'], 'im', ['name']],
  ['the second item', `${pod}spec:\n  containers:\n  - name: a\n    image: b\n  - name: c\n    |`, 'key', ['spec', 'containers'], '', ['name']],
  ['a field beside a list', `${pod}spec:\n  containers:\n  - name: a\n  re|`, 'key', ['spec'], 're', ['containers']],
  ['an item in an item', `${pod}spec:\n  containers:\n  - name: a\n    ports:\n    - con|`, 'key', ['spec', 'containers', 'ports'], 'con', []],
  ['a list under its name', `${pod}spec:\n  containers:\n  - ports:\n    - con|`, 'key', ['spec', 'containers', 'ports'], 'con', []],
  ['a dash on a line of its own', `${pod}spec:\n  containers:\n  -\n    na|`, 'key', ['spec', 'containers'], 'na', []],
  ['fields further down', `${pod}spec:\n  |\n  nodeName: x\nstatus: {}\n`, 'key', ['spec'], '', ['nodeName']],
  ['a second document', `${pod}---\nkind: Service\nspec:\n  ty|`, 'key', ['spec'], 'ty', []],
  ['a remark between', `${pod}spec:\n# later\n\n  no|`, 'key', ['spec'], 'no', []],
  ['a name in quotes', `${pod}  labels:\n    "a/b": |`, 'value', ['metadata', 'labels', 'a/b'], '', []],
] as const)('%s', (_, text, kind, names, word, beside) => {
  const place = at(text);
  expect(place).toMatchObject({ at: kind, names, word });
  if (kind === 'key') expect([...(place?.beside ?? [])].sort()).toEqual([...beside].sort());
});

test.each([
  ['a remark', `${pod}# sp|`],
  ['a text of several lines', 'kind: ConfigMap\ndata:\n  a: >\n    fo|'],
  ['below a value', `${pod}    x|`],
  ['inside braces', `${pod}spec: {no|`],
  ['a dash without a blank', `${pod}spec:\n  containers:\n  -|`],
])('nothing is offered: %s', (_, text) => {
  const pos = text.lastIndexOf('|');
  expect(placeAt(text.slice(0, pos) + text.slice(pos + 1), pos)).toBeUndefined();
});

test('the kind is that of the document around', () => {
  expect(at(`${pod}---\nkind: Service\nspec:\n  ty|`)?.kind).toBe('Service');
  expect(at(`${pod}sp|\n---\nkind: Service\n`)?.kind).toBe('Pod');
  expect(at('ki|')?.kind).toBe('');
});

test('a field is found from anywhere on its line', () => {
  const text = `${pod}spec:\n  containers:\n  - name: web\n    image: nginx\n`;
  const pos = text.indexOf('nginx');
  expect(fieldAt(text, pos + 2)).toEqual({ kind: 'Pod', names: ['spec', 'containers', 'image'], from: text.indexOf('image'), to: text.indexOf('image') + 5 });
  expect(fieldAt(text, text.indexOf('- name'))?.names).toEqual(['spec', 'containers', 'name']);
  expect(fieldAt(text, 0)?.names).toEqual(['apiVersion']);
});

test.each([
  ['spec:', '  '], ['  - metadata: ', '      '], ['  a: # later', '    '],
  ['name: web', undefined], ['# a:', undefined], ['', undefined], ['- a', undefined], ['a: |', undefined], ['a: "b:', undefined],
])('behind %j the next line begins with %j', (head, want) => {
  expect(deeper(head)).toBe(want);
});

test('no text and no place makes it fail', () => {
  const bits = ['kind: Pod', '  - ', '- - a: b', '---', ':', '"', "  x: |", '\t', '#', '  a:', '    b: c', '', '- ', 'é: ü'];
  let seed = 7;
  const next = (n: number): number => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  for (let round = 0; round < 300; round++) {
    const text = Array.from({ length: next(8) }, () => bits[next(bits.length)]).join('\n');
    const pos = next(text.length + 1);
    const place = placeAt(text, pos);
    if (place) expect(text.slice(place.from, pos)).toBe(place.word);
    fieldAt(text, pos);
  }
});
