import { expect, test } from 'vitest';
import { lessonSteps, lessonText } from '../lesson/data.js';
import { article } from '../lesson/markup.js';
import { catalogues } from '../messages/messages.js';
import { sampleText } from '../testing.js';
import { progress } from './goals.js';
import { verdict } from './predict.js';
import { isLast } from './solution.js';
import { reading } from './steps.js';

const place = { part: 2, number: 2, of: 3, previous: { href: '/lessons/a/en/', title: 'A & B' }, next: undefined };
const steps = lessonSteps(JSON.parse(sampleText('lesson-scenario.json')));

test.each(['en', 'vi'] as const)('the %s article says all there is without a script', (lang) => {
  const text = lessonText(JSON.parse(sampleText(`lesson-${lang}.json`)));
  const html = article(steps, text, catalogues[lang], place);
  expect(html).toContain(text.title);
  expect(html).toContain('data-goal="running"');
  expect(html).toContain('&lt;web&gt;');
  expect(html).toContain('<code data-line>kubectl run web --image=nginx</code>');
  expect(html).toContain(`<summary>${catalogues[lang].hint}</summary>`);
  expect(html).toContain('<strong>');
  expect(html).toContain(catalogues[lang].where(2, 2, 3));
  expect(html).toMatch(/rel="prev" href="\/lessons\/a\/en\/"[^]*A &amp; B/);
  expect(html).not.toContain('rel="next"');
});

test('a lesson with a wrong field is refused by the name of the field', () => {
  expect(() => lessonText({ lang: 'en', title: 1 })).toThrow('title: not a string');
  expect(() => lessonSteps({ steps: [{ id: 'a', goals: [{}] }] })).toThrow('id: not a string');
});

test('only the lesson’s own goals count', () => {
  expect(progress(['a', 'b'], [{ id: 'a', met: true }, { id: 'z', met: true }, { id: 'b', met: false }])).toEqual({ met: 1, of: 2 });
});

test('a question reads without a script, its answer folded away, and nothing of it is escaped twice', () => {
  const text = lessonText(JSON.parse(sampleText('lesson-en.json')));
  const predict = { question: '<p>What?</p>', choices: ['<em>a</em>', 'b &lt;'], right: 1, why: '<p>So.</p>' };
  const html = article(steps, { ...text, steps: text.steps.map((s) => ({ ...s, predict })) }, catalogues.en, place);
  expect(html).toContain('<div class="predict" data-predict="1">');
  expect(html).toContain('<li data-choice><em>a</em></li><li data-choice>b &lt;</li>');
  expect(html).toMatch(/<details><summary>Answer<\/summary><div><p><strong>b &lt;<\/strong><\/p><p>So\.<\/p>/);
});

test('how to do it on a real machine is folded away below the step', () => {
  const text = lessonText(JSON.parse(sampleText('lesson-en.json')));
  const html = article(steps, { ...text, steps: text.steps.map((s) => ({ ...s, real: ['<p>slipway <em>run</em></p>'] })) }, catalogues.en, place);
  expect(html).toContain('<details class="real"><summary>On a real machine</summary><div><p>slipway <em>run</em></p></div></details>\n</section>');
  expect(lessonText({ lang: 'en', title: '', summary: '', steps: [{ id: 'a', html: '', real: ['b'] }] }).steps[0]?.real).toEqual(['b']);
});

test.each([[0, undefined, ''], [0, 0, 'wrong'], [1, 0, 'right'], [2, 0, ''], [1, 1, 'right']] as const)('choice %s, chosen %s, is "%s" where 1 is right', (choice, chosen, want) => {
  expect(verdict(choice, chosen, 1)).toBe(want);
});

test('a solution can be taken back while it is the last thing typed', () => {
  const history = (texts: readonly string[], cursor = texts.length) =>
    ({ type: 'history', entries: texts.map((text) => ({ ms: 0, text, rev: 0 })), cursor, undo: true, redo: false, undoes: '', branches: [] }) as const;
  expect(isLast(['a', 'b'], history(['x', 'a', 'b']))).toBe(true);
  expect(isLast(['a\n'], history(['a']))).toBe(true);
  expect(isLast(['a', 'b'], history(['a', 'b', 'x']))).toBe(false);
  expect(isLast(['a', 'b'], history(['a', 'b'], 1))).toBe(false);
  expect(isLast(['a', 'b'], history(['b']))).toBe(false);
  expect(isLast([], history(['b']))).toBe(false);
});

test('the step being read is the last that has come up to the line', () => {
  expect(reading([-500, 80, 900], 100)).toBe(1);
  expect(reading([300, 900], 100)).toBe(0);
  expect(reading([-900, -500, -20], 100)).toBe(2);
  expect(reading([], 100)).toBe(0);
});
