import { expect, test } from 'vitest';
import { lessonSteps, lessonText } from '../lesson/data.js';
import { article } from '../lesson/markup.js';
import { catalogues } from '../messages/messages.js';
import { sampleText } from '../testing.js';
import { progress } from './goals.js';

const steps = lessonSteps(JSON.parse(sampleText('lesson-scenario.json')));

test.each(['en', 'vi'] as const)('the %s article says all there is without a script', (lang) => {
  const text = lessonText(JSON.parse(sampleText(`lesson-${lang}.json`)));
  const html = article(steps, text, catalogues[lang]);
  expect(html).toContain(text.title);
  expect(html).toContain('data-goal="running"');
  expect(html).toContain('&lt;web&gt;');
  expect(html).toContain('<code data-line>kubectl run web --image=nginx</code>');
  expect(html).toContain(`<summary>${catalogues[lang].hint}</summary>`);
  expect(html).toContain('<strong>');
});

test('a lesson with a wrong field is refused by the name of the field', () => {
  expect(() => lessonText({ lang: 'en', title: 1 })).toThrow('title: not a string');
  expect(() => lessonSteps({ steps: [{ id: 'a', goals: [{}] }] })).toThrow('id: not a string');
});

test('only the lesson’s own goals count', () => {
  expect(progress(['a', 'b'], [{ id: 'a', met: true }, { id: 'z', met: true }, { id: 'b', met: false }])).toEqual({ met: 1, of: 2 });
});
