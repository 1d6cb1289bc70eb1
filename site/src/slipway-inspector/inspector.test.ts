import { expect, test } from 'vitest';
import { sample } from '../testing.js';
import { pieces } from './yaml.js';

test.each([
  ['apiVersion: v1', ['apiVersion:key', ':plain', ' plain', 'v1:text']],
  ['  - name: web', ['  - plain', 'name:key', ':plain', ' plain', 'web:text']],
  ['  replicas: 3', ['  plain', 'replicas:key', ':plain', ' plain', '3:number']],
  ['metadata:', ['metadata:key', ':plain']],
  ['# a remark', ['# a remark:comment']],
  ['    app.kubernetes.io/name: web', ['    plain', 'app.kubernetes.io/name:key', ':plain', ' plain', 'web:text']],
  ['  - --port=80', ['  - plain', '--port=80:text']],
])('%s is coloured', (line, want) => {
  expect(pieces(line).map((p) => (p.text.trim() === '' || p.text.trim() === '-' ? `${p.text}plain` : p.text === ':' ? ':plain' : `${p.text}:${p.kind}`))).toEqual(want);
});

test('whatever a line is, its pieces make it again', () => {
  const message = sample('panel-inspector');
  const yaml = message.type === 'panel' && message.name === 'inspector' ? message.yaml : '';
  expect(yaml.length).toBeGreaterThan(100);
  for (const line of [...yaml.split('\n'), '', ' ', '"a": b', '- - x: y', 'a:b', ':', '- ', '- "x: y"', "it's: 'so'"]) {
    expect(pieces(line).map((p) => p.text).join('')).toBe(line);
  }
});
