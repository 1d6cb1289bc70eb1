/** A lesson as HTML: the same text in the static page, without JavaScript, and in the playground. Pure. */

import type { Messages } from '../messages/messages.js';
import type { LessonText, Predict } from './data.js';

export interface Step {
  readonly id: string;
  readonly goals: readonly string[];
  readonly solution: readonly string[];
}

/** A lesson beside this one, and where it is. */
export interface Neighbour {
  readonly href: string;
  readonly title: string;
}

/** Where a lesson stands among the others. */
export interface Place {
  /** From 1; 0 if there is only one. */
  readonly part: number;
  /** In its part. */
  readonly number: number;
  readonly of: number;
  readonly previous: Neighbour | undefined;
  readonly next: Neighbour | undefined;
}

export function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** The lesson's article. Its prose is HTML the lesson renderer made; everything else is escaped here. */
export function article(steps: readonly Step[], text: LessonText, t: Messages, place: Place): string {
  const body = text.steps.map((s) => section(s, steps.find((step) => step.id === s.id), t)).join('\n');
  return `<article class="lesson" id="lesson" tabindex="-1">
<p class="eyebrow">${escape(t.where(place.part, place.number, place.of))}</p>
<h1>${escape(text.title)}</h1>
<p class="summary">${escape(text.summary)}</p>
${body}
${onward(place, t)}
</article>`;
}

function section(s: LessonText['steps'][number], step: Step | undefined, t: Messages): string {
  const hints = s.hints.map((h) => folded('hint', t.hint, h));
  const real = s.real.map((r) => folded('real', t.onRealMachine, r));
  const [heading, prose] = divide(s.html);
  return `<section class="step" data-step="${escape(s.id)}" id="step-${escape(s.id)}" tabindex="-1">
<div class="prose">${heading}</div>
${s.predict ? question(s.predict, t) : ''}
<div class="prose">${prose}</div>
${goals(step?.goals ?? [], s.goals, t)}
${hints.join('\n')}
${solution(step?.solution ?? [], t)}
${real.join('\n')}
</section>`;
}

function folded(kind: string, summary: string, html: string): string {
  return `<details class="${kind}"><summary>${escape(summary)}</summary><div>${html}</div></details>`;
}

/** The heading with which a step begins, and the rest. */
function divide(html: string): readonly [string, string] {
  const end = html.startsWith('<h2>') ? html.indexOf('</h2>') + '</h2>'.length : 0;
  return [html.slice(0, end), html.slice(end)];
}

/** A prediction: a list and an answer to unfold; a script makes buttons of the list. */
function question(p: Predict, t: Messages): string {
  const choices = p.choices.map((c) => `<li data-choice>${c}</li>`).join('');
  const right = p.choices[p.right] ?? '';
  return `<div class="predict" data-predict="${p.right}"><p class="eyebrow">${escape(t.predict)}</p>
<div class="question">${p.question}</div><ol>${choices}</ol>
<details><summary>${escape(t.predictAnswer)}</summary><div><p><strong>${right}</strong></p>${p.why}</div></details>
</div>`;
}

function goals(ids: readonly string[], texts: Readonly<Record<string, string>>, t: Messages): string {
  if (ids.length === 0) return '';
  const items = ids.map(
    (id) => `<li data-goal="${escape(id)}"><span class="goal-mark" aria-hidden="true"></span>` +
      `<span class="goal-text">${escape(texts[id] ?? id)}</span> <span class="goal-state">${escape(t.goalUnmet)}</span></li>`,
  );
  return `<div class="goals"><h2>${escape(t.goals)}</h2><ul>${items.join('')}</ul></div>`;
}

function solution(lines: readonly string[], t: Messages): string {
  if (lines.length === 0) return '';
  const code = lines.map((l) => `<code data-line>${escape(l)}</code>`).join('\n');
  return `<details class="solution"><summary>${escape(t.solution)}</summary><pre tabindex="0">${code}</pre>` +
    `<button type="button" class="run" data-run hidden>${escape(t.runSolution)}</button>` +
    `<button type="button" class="run back" data-unrun hidden>${escape(t.takeBack)}</button></details>`;
}

function onward({ previous, next }: Place, t: Messages): string {
  const link = (n: Neighbour | undefined, rel: 'prev' | 'next', label: string): string =>
    n ? `<a rel="${rel}" href="${escape(n.href)}"><small>${escape(label)}</small>${escape(n.title)}</a>` : '';
  if (!previous && !next) return '';
  return `<nav class="onward" aria-label="${escape(t.lessons)}">${link(previous, 'prev', t.previousLesson)}${link(next, 'next', t.nextLesson)}</nav>`;
}
