import { expect, test } from 'vitest';
import { catalogues } from '../messages/messages.js';
import { editorMessages } from '../messages/editor.js';
import type { Explained, SchemaField } from '../model.js';
import { offers } from './completion.js';
import { Schema } from './desk.js';
import { difference, fromUnified } from './difference.js';
import { findDraft, keepDraft, longest } from './draft.js';
import { marks } from './findings.js';
import { heredoc } from './heredoc.js';
import { content, editLine, forApply, warns } from './object.js';
import { placeAt } from './place.js';
import { template, withDocument } from './templates.js';

const f = (name: string, type: string, more: Partial<SchemaField> = {}): SchemaField => ({ name, type, text: `${name}.`, required: false, values: [], ...more });
const tree: Readonly<Record<string, readonly [SchemaField, readonly SchemaField[]]>> = {
  '': [f('', ''), [f('Pod', 'v1'), f('Deployment', 'apps/v1')]],
  Pod: [f('Pod', 'Pod'), [f('apiVersion', 'string', { values: ['v1'] }), f('kind', 'string'), f('metadata', 'ObjectMeta'), f('spec', 'PodSpec', { required: true })]],
  'Pod spec': [f('spec', 'PodSpec'), [f('containers', '[]Container', { required: true }), f('restartPolicy', 'string', { values: ['Always', 'Never'] }), f('hostNetwork', 'boolean')]],
  'Pod spec containers': [f('containers', '[]Container'), [f('name', 'string', { required: true }), f('image', 'string')]],
  'Pod spec restartPolicy': [f('restartPolicy', 'string', { values: ['Always', 'Never'] }), []],
  'Pod spec hostNetwork': [f('hostNetwork', 'boolean'), []],
  'Pod apiVersion': [f('apiVersion', 'string', { values: ['v1'] }), []],
};

let asked = 0;
const schema = new Schema(() => ({
  explain: async (kind, names): Promise<Explained> => {
    asked++;
    const found = tree[[kind, ...names].join(' ')];
    return { type: 'explained', id: 1, path: names, field: found?.[0], fields: found?.[1] ?? [] };
  },
  check: async () => ({ type: 'checked', id: 1, found: [] }),
  diff: async () => '',
}));

async function at(marked: string) {
  const place = placeAt(marked.replace('|', ''), marked.indexOf('|'));
  return place ? offers(place, schema) : [];
}

test.each([
  ['|', ['apiVersion', 'kind', 'metadata'], 'apiVersion: '],
  ['kind: |', ['Pod', 'Deployment'], 'Pod'],
  ['apiVersion: |', ['apps/v1', 'v1'], 'apps/v1'],
  ['kind: Pod\napiVersion: |', ['v1'], 'v1'],
  ['kind: Pod\n|', ['apiVersion', 'metadata', 'spec'], 'apiVersion: '],
  ['kind: Pod\nspec:\n  |', ['containers', 'restartPolicy', 'hostNetwork'], 'containers:\n  - '],
  ['kind: Pod\nspec:\n  hostNetwork: |', ['true', 'false'], 'true'],
  ['kind: Pod\nspec:\n  restartPolicy: |', ['Always', 'Never'], 'Always'],
  ['kind: Pod\nspec:\n  containers:\n  |', ['restartPolicy', 'hostNetwork'], 'restartPolicy: '],
  ['kind: Pod\nspec:\n  containers:\n    |', ['name', 'image'], '- name: '],
  ['kind: Pod\nspec:\n  containers:\n  - name: a\n    |', ['image'], 'image: '],
  ['kind: Nonsense\nspec:\n  |', [], undefined],
  ['kind: Pod\nnonsense:\n  |', [], undefined],
])('%j is offered %j', async (text, labels, insert) => {
  const found = await at(text);
  expect(found.map((o) => o.label)).toEqual(labels);
  expect(found[0]?.insert).toBe(insert);
});

test('what the engine said once it is not asked again, and a failure is', async () => {
  const before = asked;
  await at('kind: Pod\nspec:\n  |');
  expect(asked).toBe(before);
  let works = false;
  const moody = new Schema(() => {
    if (!works) throw new Error('no engine');
    return { explain: async () => ({ type: 'explained', id: 1, path: [], field: undefined, fields: [] }), check: async () => ({ type: 'checked', id: 1, found: [] }), diff: async () => '' };
  });
  await expect(moody.field('Pod', [])).rejects.toThrow('no engine');
  works = true;
  await expect(moody.field('Pod', [])).resolves.toMatchObject({ fields: [] });
});

test.each([
  [4, 5, 'bb', 'xé: 1\na:\n\n    bb: c', 14, 16],
  [1, 3, ':', 'é: x', 2, 3],
  [2, 0, 'a', 'x\n  a b', 4, 7],
  [9, 9, 'x', 'x', 0, 1],
  [1, 1, '', '', 0, 0],
  [3, 1, '', 'a\nb\n', 4, 4],
])('line %i, column %i is a place in the text', (line, column, _, text, from, to) => {
  const [mark] = marks(text, [{ line, column, text: 'T', hint: '' }]);
  expect([mark?.from, mark?.to]).toEqual([from, to]);
});

test('a here-document ends with a word that is not in it', () => {
  expect(heredoc('kubectl apply -f -', 'a: b\n\n')).toBe("kubectl apply -f - <<'EOF'\na: b\nEOF");
  expect(heredoc('x', 'EOF\nEOF1')).toBe("x <<'EOF2'\nEOF\nEOF1\nEOF2");
});

test('a draft is kept, within bounds, and storage may fail', () => {
  const kept = new Map<string, string>();
  const box = { getItem: (k: string) => kept.get(k) ?? null, setItem: (k: string, v: string) => void kept.set(k, v), removeItem: (k: string) => void kept.delete(k) };
  expect(keepDraft(box, 'pod', 'kind: Pod')).toBe(true);
  expect(findDraft(box, 'pod')).toBe('kind: Pod');
  expect(findDraft(box, 'other')).toBe('');
  expect(keepDraft(box, 'pod', 'x'.repeat(longest + 1))).toBe(false);
  expect(findDraft(box, 'pod')).toBe('kind: Pod');
  expect(keepDraft(box, 'pod', ' \n')).toBe(true);
  expect(kept.size).toBe(0);
  const full = { getItem: () => { throw new Error('forbidden'); }, setItem: () => { throw new Error('full'); }, removeItem: () => undefined };
  expect(keepDraft(full, 'pod', 'a')).toBe(false);
  expect(findDraft(full, 'pod')).toBe('');
});

test.each([
  ['pod/default/web', 'kubectl edit pod/web'],
  ['deployment/shop/web', 'kubectl edit deployment/web -n shop'],
  ['node/node-1', 'kubectl edit node/node-1'],
])('%s is edited by %s', (key, line) => {
  expect(editLine(key)).toBe(line);
});

test('remarks do not count, and the version read at is none of apply’s business', () => {
  expect(content('# a\n  # b\nx: 1\n\n')).toBe('x: 1');
  const text = 'metadata:\n  resourceVersion: "7"\n  name: a';
  expect(forApply(text).split('\n')).toEqual(['metadata:', '# resourceVersion: "7"', '  name: a']);
});

test('a warning is no refusal', () => {
  expect(warns('Warning: resource pods/web is missing the annotation\n')).toBe(true);
  expect(warns('Warning: x\nError from server (NotFound): y\n')).toBe(false);
});

test('a difference has what goes and what comes, with lines around', () => {
  const lines = Array.from({ length: 20 }, (_, i) => `l${i}`);
  const after = lines.map((l) => (l === 'l9' ? 'new' : l));
  expect(difference(lines.join('\n'), after.join('\n'), 1).map((c) => c.sign + c.text)).toEqual([' l8', '-l9', '+new', ' l10']);
  expect(difference('a\nb', 'a\nb')).toEqual([]);
  expect(difference('', 'a').map((c) => c.sign)).toEqual(['-', '+']);
  expect(fromUnified('diff -u -N a b\n--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n z\n').map((c) => c.sign + c.text)).toEqual([' @@ -1 +1 @@', '-x', '+y', ' z']);
});

test('each kind has a manifest to begin with, which goes behind what is there', () => {
  expect(template(f('Pod', 'v1'))).toContain('kind: Pod\n');
  expect(template(f('New', 'x/v1'))).toBe('apiVersion: x/v1\nkind: New\nmetadata:\n  name: new\n');
  expect(withDocument(' \n', 'a')).toBe('a');
  expect(withDocument('a: b\n\n', 'c: d')).toBe('a: b\n---\nc: d');
});

test('the editor speaks the language of the page', () => {
  const [en, vi] = [editorMessages(catalogues.en), editorMessages(catalogues.vi)];
  const same = Object.entries(en).filter(([key, text]) => typeof text === 'string' && Object.entries(vi).some(([k, v]) => k === key && v === text));
  expect(same).toEqual([]);
});
