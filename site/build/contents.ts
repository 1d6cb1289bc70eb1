/** The list of lessons, and the words by which they are found. Pure. */

import { escape } from '../src/lesson/markup.js';
import { catalogues, type Language } from '../src/messages/messages.js';
import type { Entry } from '../src/slipway-contents/search.js';
import type { Lesson } from './pages.js';

/** The lessons by part: those about a machine, and those about a cluster. A part without any is none. */
export function parts(lessons: readonly Lesson[]): readonly (readonly Lesson[])[] {
  return [true, false].map((machine) => lessons.filter((l) => l.machine === machine)).filter((part) => part.length > 0);
}

/** Links to all lessons, a list for each part; `here` is the one the page is about. */
export function list(lessons: readonly Lesson[], lang: Language, here: string | undefined): string {
  const all = parts(lessons);
  const { parts: names } = catalogues[lang];
  const lists = all.map((part, i) => {
    const heading = all.length > 1 ? `<h2>${escape(names[i] ?? '')}</h2>` : '';
    return `<div class="part">${heading}<ol>${links(part, lang, here)}</ol></div>`;
  });
  return `<div class="parts">${lists.join('')}</div>`;
}

function links(part: readonly Lesson[], lang: Language, here: string | undefined): string {
  const t = catalogues[lang];
  const items = part.flatMap((l, i) => {
    const text = l.texts.get(lang);
    if (!text) return [];
    const goals = l.steps.reduce((n, s) => n + s.goals.length, 0);
    const current = l.name === here ? ' aria-current="page"' : '';
    const note = l.name === here ? ` <em>${escape(t.lessonHere)}</em>` : '';
    // Whoever comes for the first time begins with the first about a cluster.
    const start = i === 0 && !l.machine ? ' data-start' : '';
    return [`<li data-lesson="${l.name}"${start} data-goals="${goals}"><a href="${path(l.name, lang)}"${current}>` +
      `<strong>${i + 1}. ${escape(text.title)}${note}</strong><span>${escape(text.summary)}</span></a></li>`];
  });
  return items.join('');
}

/** The same, folded away under a button of the header. */
export function menu(lessons: readonly Lesson[], lang: Language, here: string): string {
  return `<slipway-contents lang="${lang}"><details><summary>${escape(catalogues[lang].allLessons)}</summary>` +
    `<div class="contents">${list(lessons, lang, here)}</div></details></slipway-contents>`;
}

/** What a search looks through. */
export function index(lessons: readonly Lesson[], lang: Language): readonly Entry[] {
  return lessons.map((l) => ({
    name: l.name,
    steps: (l.texts.get(lang)?.steps ?? []).map((s) => {
      const end = s.html.indexOf('</h2>');
      return { id: s.id, title: plain(s.html.slice(0, Math.max(end, 0))), text: plain(s.html.slice(Math.max(end, 0))) };
    }),
  }));
}

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#34;': '"', '&#39;': "'", '&amp;': '&' };

/** The words of HTML that a renderer of our own made. */
export function plain(html: string): string {
  return html.replace(/<[^>]*>/g, ' ').replace(/&[#\w]+;/g, (e) => entities[e] ?? ' ').replace(/\s+/g, ' ').trim();
}

export function path(lesson: string, lang: Language): string {
  return `/lessons/${lesson}/${lang}/`;
}
