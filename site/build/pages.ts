/** The site's HTML pages, made from the lessons' files. */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lessonOrder, lessonSteps, lessonText, type LessonText } from '../src/lesson/data.js';
import { article, escape, type Step } from '../src/lesson/markup.js';
import { catalogues, languages, type Language } from '../src/messages/messages.js';
import { csp, fill } from './template.js';

export interface Lesson {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly texts: ReadonlyMap<Language, LessonText>;
}

export interface Assets {
  readonly mainScript: string;
  readonly landingScript: string;
  readonly style: string;
  readonly wasmSize: number;
}

/** Reads `<dir>/<name>/{scenario,<lang>}.json` of every lesson, in the order their scenarios give, then by name. */
export function readLessons(dir: string): readonly Lesson[] {
  const names = existsSync(dir) ? readdirSync(dir).filter((n) => existsSync(join(dir, n, 'scenario.json'))) : [];
  if (names.length === 0) throw new Error(`no lessons in ${dir}: make them with "slipway lesson build --out ${dir}"`);
  const lessons = names.sort().map((name) => {
    const texts = new Map<Language, LessonText>();
    for (const lang of languages) {
      const file = join(dir, name, `${lang}.json`);
      if (existsSync(file)) texts.set(lang, read(file, lessonText));
    }
    if (texts.size === 0) throw new Error(`lesson ${name}: no text in ${languages.join(' or ')}`);
    const scenario = join(dir, name, 'scenario.json');
    return { order: read(scenario, lessonOrder), name, steps: read(scenario, lessonSteps), texts };
  });
  return lessons.sort((a, b) => a.order - b.order);
}

function read<T>(file: string, parse: (value: unknown) => T): T {
  try {
    return parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (err) {
    throw new Error(`${file}: ${err instanceof Error ? err.message : String(err)}`, { cause: err });
  }
}

/** Writes every page under `dist`; the first lesson is where the front page leads. */
export function writePages(root: string, dist: string, lessons: readonly Lesson[], assets: Assets): void {
  const page = readFileSync(join(root, 'page.html'), 'utf8');
  for (const lesson of lessons) {
    for (const lang of lesson.texts.keys()) {
      write(join(dist, 'lessons', lesson.name, lang, 'index.html'), lessonPage(page, lesson, lang, assets));
    }
  }
  write(join(dist, 'index.html'), frontPage(readFileSync(join(root, 'landing.html'), 'utf8'), lessons, assets));
}

export function lessonPage(template: string, lesson: Lesson, lang: Language, assets: Assets): string {
  const t = catalogues[lang];
  const text = lesson.texts.get(lang);
  if (!text) throw new Error(`lesson ${lesson.name}: no text in ${lang}`);
  const others = [...lesson.texts.keys()];
  return fill(template, {
    lang,
    csp,
    title: escape(text.title),
    summary: escape(text.summary),
    style: assets.style,
    script: assets.mainScript,
    'lesson-name': lesson.name,
    'lesson-html': article(lesson.steps, text, t),
    'skip-lesson': t.skipToLesson,
    'skip-terminal': t.skipToTerminal,
    'needs-script': t.needsScript,
    lessons: t.lessons,
    language: t.language,
    'wasm-size': String(assets.wasmSize),
    alternates: others.map((l) => `<link rel="alternate" hreflang="${l}" href="${path(lesson.name, l)}">`).join('\n'),
    languages: others
      .map((l) => `<a href="${path(lesson.name, l)}" lang="${l}" hreflang="${l}" data-language="${l}"${l === lang ? ' aria-current="true"' : ''}>${catalogues[l].languageName}</a>`)
      .join(''),
  });
}

export function frontPage(template: string, lessons: readonly Lesson[], assets: Assets): string {
  const first = lessons[0];
  const sections = languages.map((lang) => {
    const t = catalogues[lang];
    const items = lessons.flatMap((l) => {
      const text = l.texts.get(lang);
      return text ? [`<li><a href="${path(l.name, lang)}"${l === first ? ' data-first' : ''}><strong>${escape(text.title)}</strong>${escape(text.summary)}</a></li>`] : [];
    });
    return `<section lang="${lang}" data-language="${lang}"><h1>${t.landingTitle}</h1><p>${t.landingText}</p><ul>${items.join('')}</ul></section>`;
  });
  return fill(template, {
    csp,
    summary: escape(catalogues.en.landingText),
    style: assets.style,
    script: assets.landingScript,
    sections: sections.join('\n'),
  });
}

function path(lesson: string, lang: Language): string {
  return `/lessons/${lesson}/${lang}/`;
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
