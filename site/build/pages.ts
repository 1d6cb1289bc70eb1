/** The site's HTML pages, made from the lessons' files. */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lessonOrder, lessonSteps, lessonText, onMachine, type LessonText } from '../src/lesson/data.js';
import { article, escape, type Neighbour, type Place, type Step } from '../src/lesson/markup.js';
import { catalogues, languages, type Language } from '../src/messages/messages.js';
import { index, list, menu, parts, path } from './contents.js';
import { csp, fill } from './template.js';

export interface Lesson {
  readonly name: string;
  /** It is about a machine, and not about a cluster. */
  readonly machine: boolean;
  readonly steps: readonly Step[];
  readonly texts: ReadonlyMap<Language, LessonText>;
}

export interface Assets {
  readonly mainScript: string;
  readonly landingScript: string;
  readonly style: string;
  readonly engines: { readonly cluster: Engine; readonly machine: Engine };
}

/** A file with an engine, and its bytes before compression. */
export interface Engine {
  readonly file: string;
  readonly size: number;
}

/** Reads `<dir>/<name>/{scenario,<lang>}.json` of every lesson, by part, in the order their scenarios give, then by name. */
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
    return { order: read(scenario, lessonOrder), machine: read(scenario, onMachine), name, steps: read(scenario, lessonSteps), texts };
  });
  return lessons.sort((a, b) => Number(b.machine) - Number(a.machine) || a.order - b.order);
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
      write(join(dist, 'lessons', lesson.name, lang, 'index.html'), lessonPage(page, lessons, lesson, lang, assets));
      write(join(dist, 'embed', lesson.name, lang, 'index.html'), embedPage(page, lessons, lesson, lang, assets));
    }
    // The address without a language is in the first there is; the page's script goes on to the one it is asked for.
    const [first] = lesson.texts.keys();
    if (first) write(join(dist, 'embed', lesson.name, 'index.html'), embedPage(page, lessons, lesson, first, assets));
  }
  for (const lang of languages) write(join(dist, 'lessons', `index.${lang}.json`), JSON.stringify(index(lessons, lang)));
  write(join(dist, 'index.html'), frontPage(readFileSync(join(root, 'landing.html'), 'utf8'), lessons, assets));
}

/** The page of a lesson. */
export function lessonPage(template: string, lessons: readonly Lesson[], lesson: Lesson, lang: Language, assets: Assets): string {
  const t = catalogues[lang];
  const { part, number, of } = place(lessons, lesson, lang);
  const header = `<a class="brand" href="/?all" aria-label="Slipway, ${t.lessons}">${mark}<span>Slipway</span></a>
<span class="where">${escape(t.where(part, number, of))}: ${escape(lesson.texts.get(lang)?.title ?? '')}</span>
${menu(lessons, lang, lesson.name)}
<button type="button" class="theme" data-theme-button hidden></button>`;
  return filled(template, lessons, lesson, lang, assets, { kind: 'play', header, base: '/lessons' });
}

/** The same lesson in a frame of another page. */
export function embedPage(template: string, lessons: readonly Lesson[], lesson: Lesson, lang: Language, assets: Assets): string {
  const t = catalogues[lang];
  const header = `<a class="brand" href="${path(lesson.name, lang)}" target="_blank" rel="noopener" aria-label="Slipway: ${escape(t.openFull)}" title="${escape(t.openFull)}">${mark}<span>Slipway</span></a>
<span class="where">${escape(lesson.texts.get(lang)?.title ?? '')}</span>`;
  return filled(template, lessons, lesson, lang, assets, { kind: 'play embed', header, base: '/embed' });
}

interface Dress {
  readonly kind: string;
  readonly header: string;
  /** Where the same page is in other languages. */
  readonly base: string;
}

const mark = '<svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true"><path class="rail" d="M2 27 30 19"/><path class="hull" d="M5 13.5 24.5 8l3.2 8.3L7.6 22z"/><path class="seam" d="m11.5 11.7 2.6 8.4M18 9.9l2.8 8.4"/></svg>';

function filled(template: string, lessons: readonly Lesson[], lesson: Lesson, lang: Language, assets: Assets, dress: Dress): string {
  const t = catalogues[lang];
  const text = lesson.texts.get(lang);
  if (!text) throw new Error(`lesson ${lesson.name}: no text in ${lang}`);
  const others = [...lesson.texts.keys()];
  const engine = lesson.machine ? assets.engines.machine : assets.engines.cluster;
  const at = (l: Language): string => `${dress.base}/${lesson.name}/${l}/`;
  return fill(template, {
    lang,
    csp,
    kind: dress.kind,
    header: dress.header,
    title: escape(text.title),
    summary: escape(text.summary),
    style: assets.style,
    script: assets.mainScript,
    'lesson-name': lesson.name,
    'lesson-html': article(lesson.steps, text, t, dress.base === '/embed' ? alone(place(lessons, lesson, lang)) : place(lessons, lesson, lang)),
    'skip-lesson': t.skipToLesson,
    'skip-terminal': t.skipToTerminal,
    'needs-script': t.needsScript,
    language: t.language,
    engine: engine.file,
    machine: lesson.machine ? ' machine' : '',
    'wasm-size': String(engine.size),
    languages: others
      .map((l) => `<a href="${at(l)}" lang="${l}" hreflang="${l}" data-language="${l}"${l === lang ? ' aria-current="true"' : ''}>${catalogues[l].languageName}</a>`)
      .join(''),
  });
}

/** Where a lesson stands among the others, for the links before and after it. */
function place(lessons: readonly Lesson[], lesson: Lesson, lang: Language): Place {
  const i = lessons.indexOf(lesson);
  const beside = (l: Lesson | undefined): Neighbour | undefined => {
    const text = l?.texts.get(lang);
    return l && text ? { href: path(l.name, lang), title: text.title } : undefined;
  };
  const all = parts(lessons);
  const part = all.findIndex((p) => p.includes(lesson));
  const own = all[part] ?? [];
  return { part: all.length === 1 ? 0 : part + 1, number: own.indexOf(lesson) + 1, of: own.length, previous: beside(lessons[i - 1]), next: beside(lessons[i + 1]) };
}

/** A lesson in a frame leads nowhere: what comes next is up to the page around it. */
function alone(place: Place): Place {
  return { ...place, previous: undefined, next: undefined };
}

export function frontPage(template: string, lessons: readonly Lesson[], assets: Assets): string {
  const sections = languages.map((lang) => {
    const t = catalogues[lang];
    return `<section lang="${lang}" data-language="${lang}"><h1>${t.landingTitle}</h1><p>${t.landingText}</p>` +
      `<slipway-contents lang="${lang}">${list(lessons, lang, undefined)}</slipway-contents></section>`;
  });
  return fill(template, {
    csp,
    summary: escape(catalogues.en.landingText),
    style: assets.style,
    script: assets.landingScript,
    sections: sections.join('\n'),
  });
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
