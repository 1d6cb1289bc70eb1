/** What the lesson tells its page. */

interface Details {
  'slipway-run': { readonly lines: readonly string[] };
  'slipway-take-back': { readonly count: number };
  'slipway-answer': { readonly step: string; readonly choice: number; readonly right: boolean };
  'slipway-jump': undefined;
  'slipway-fill': { readonly text: string };
}

type LessonEvents = { [K in keyof Details]: CustomEvent<Details[K]> };

declare global {
  interface HTMLElementEventMap extends LessonEvents {}
}

export function lessonEvent<K extends keyof Details>(name: K, detail: Details[K]): CustomEvent<Details[K]> {
  return new CustomEvent(name, { detail, bubbles: true, composed: true });
}
