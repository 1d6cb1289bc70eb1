/**
 * What a page that embeds a lesson and the lesson in its frame say to each other, by postMessage. `docs/embedding.md` is the contract.
 *
 * Either side takes a message only from the window and the origin it belongs to; what has another form is left alone. Pure.
 */

import type { Language } from '../messages/messages.js';

/** The version of the protocol: a message of another one is not for us. */
const version = 1;

export type Theme = 'light' | 'dark' | 'auto';

export type FromHost =
  /** The page listens: from now on it is told. */
  | { readonly type: 'hello' }
  | { readonly type: 'theme'; readonly theme: Theme }
  | { readonly type: 'lang'; readonly lang: Language };

export type FromLesson =
  | { readonly type: 'ready'; readonly lesson: string; readonly lang: Language }
  | { readonly type: 'progress'; readonly met: number; readonly of: number }
  | { readonly type: 'goal'; readonly id: string; readonly text: string };

export function envelope<T extends FromHost | FromLesson>(message: T): T & { readonly slipway: number } {
  return { slipway: version, ...message };
}

/** Reads a message of the embedding page; undefined if it is none. */
export function fromHost(data: unknown): FromHost | undefined {
  const m = open(data);
  switch (m?.['type']) {
    case 'hello':
      return { type: 'hello' };
    case 'theme': {
      const theme = pick<Theme>(m['theme'], ['light', 'dark', 'auto']);
      return theme && { type: 'theme', theme };
    }
    case 'lang': {
      const lang = pick<Language>(m['lang'], ['en', 'vi']);
      return lang && { type: 'lang', lang };
    }
    default:
      return undefined;
  }
}

/** Reads a message of the lesson; undefined if it is none. */
export function fromLesson(data: unknown): FromLesson | undefined {
  const m = open(data);
  const { lesson, met, of, id, text } = m ?? {};
  switch (m?.['type']) {
    case 'ready': {
      const lang = pick<Language>(m['lang'], ['en', 'vi']);
      return lang && typeof lesson === 'string' ? { type: 'ready', lesson, lang } : undefined;
    }
    case 'progress':
      return typeof met === 'number' && typeof of === 'number' ? { type: 'progress', met, of } : undefined;
    case 'goal':
      return typeof id === 'string' && typeof text === 'string' ? { type: 'goal', id, text } : undefined;
    default:
      return undefined;
  }
}

function open(data: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof data !== 'object' || data === null || !('slipway' in data) || data.slipway !== version) return undefined;
  return { ...data };
}

function pick<T extends string>(value: unknown, of: readonly T[]): T | undefined {
  return of.find((x) => x === value);
}

/** The address of a lesson to be embedded; undefined if that can be no lesson's name. */
export function address(origin: string, lesson: string, lang: string, theme: string): string | undefined {
  if (!/^[a-z0-9-]{1,63}$/.test(lesson)) return undefined;
  const query = new URLSearchParams();
  if (lang) query.set('lang', lang);
  if (theme) query.set('theme', theme);
  const text = query.toString();
  return `${origin}/embed/${lesson}/${text ? `?${text}` : ''}`;
}
