/** What the timeline tells its page. */

interface Details {
  'slipway-seek': { readonly ms: number };
  'slipway-live': undefined;
  'slipway-play': { readonly playing: boolean; readonly speed: number };
  'slipway-turn': { readonly op: 'undo' | 'redo' | 'reset' };
  'slipway-branch': { readonly index: number };
}

type TimelineEvents = { [K in keyof Details]: CustomEvent<Details[K]> };

declare global {
  interface HTMLElementEventMap extends TimelineEvents {}
}

export function timelineEvent<K extends keyof Details>(name: K, detail: Details[K]): CustomEvent<Details[K]> {
  return new CustomEvent(name, { detail, bubbles: true, composed: true });
}
