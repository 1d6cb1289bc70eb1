/** A lesson as HTML: the same text in the static page, without JavaScript, and in the playground. Pure. */

import type { Messages } from '../messages/messages.js';
import type { LessonText } from './data.js';

export interface Step {
  readonly id: string;
  readonly goals: readonly string[];
  readonly solution: readonly string[];
}

export function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** The lesson's article. Its prose is HTML the lesson renderer made; everything else is escaped here. */
export function article(steps: readonly Step[], text: LessonText, t: Messages): string {
  const body = text.steps.map((s) => section(s, steps.find((step) => step.id === s.id), t)).join('\n');
  return `<article class="lesson" id="lesson" tabindex="-1">
<p class="eyebrow">${escape(t.lesson)}</p>
<h1>${escape(text.title)}</h1>
<p class="summary">${escape(text.summary)}</p>
${body}
</article>`;
}

function section(s: LessonText['steps'][number], step: Step | undefined, t: Messages): string {
  const hints = s.hints.map((h) => `<details class="hint"><summary>${escape(t.hint)}</summary><div>${h}</div></details>`);
  return `<section class="step" data-step="${escape(s.id)}">
<div class="prose">${s.html}</div>
${goals(step?.goals ?? [], s.goals, t)}
${hints.join('\n')}
${solution(step?.solution ?? [], t)}
</section>`;
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
    `<button type="button" class="run" data-run hidden>${escape(t.runSolution)}</button></details>`;
}
