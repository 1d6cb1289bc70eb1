import { expect, test } from 'vitest';
import { entries, fold, search, type Entry } from './search.js';

const all: readonly Entry[] = [
  { name: 'pod', steps: [{ id: 'run', title: 'Chạy thứ gì đó', text: 'kubectl run web' }, { id: 'ask', title: 'Hỏi tại sao', text: 'kubectl describe' }] },
  { name: 'labels', steps: [{ id: 'look', title: 'Nhãn', text: 'kubectl get pods -L app' }] },
];
const titles = new Map([['pod', 'Một pod Ba máy'], ['labels', 'Nhãn và selector']]);

test('all words must be there, in the title or in one step', () => {
  expect(search('describe kubectl', all, titles)).toEqual([{ name: 'pod', steps: [all[0]?.steps[1]] }]);
  expect(search('run describe', all, titles)).toEqual([]);
  expect(search('SELECTOR', all, titles).map((h) => h.name)).toEqual(['labels']);
  expect(search('  ', all, titles).map((h) => h.name)).toEqual(['pod', 'labels']);
});

test('tones and accents need not be typed', () => {
  expect(fold('Đường trượt Nhãn')).toBe('duong truot nhan');
  expect(search('nhan', all, titles).map((h) => h.name)).toEqual(['labels']);
  expect(search('hoi tai sao', all, titles)[0]?.steps.map((s) => s.id)).toEqual(['ask']);
});

test('an index of another form is refused', () => {
  expect(entries(JSON.parse(JSON.stringify(all)))).toEqual(all);
  expect(() => entries({})).toThrow('not a list');
});
