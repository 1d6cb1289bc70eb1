/** The language a person chose, kept in the browser. */

import type { Language } from './messages/messages.js';

const key = 'slipway:lang';

export function keptLanguage(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(key, language);
  } catch {
    // Forbidden or full: the address still says which language it is.
  }
}
