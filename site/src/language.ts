/** The language a person chose and the lesson they were in, kept in the browser. public/front-language.js reads the language. */

import type { Language } from './messages/messages.js';

const key = 'slipway:lang';

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(key, language);
  } catch {
    // Forbidden or full: the address still says which language it is.
  }
}

const lessonKey = 'slipway:lesson';

/** The lesson a person was in last. */
export function keptLesson(): string | null {
  try {
    return localStorage.getItem(lessonKey);
  } catch {
    return null;
  }
}

export function keepLesson(lesson: string): void {
  try {
    localStorage.setItem(lessonKey, lesson);
  } catch {
    // As above.
  }
}
