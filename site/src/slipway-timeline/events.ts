/** What the timeline tells its page. */

interface Details {
  'slipway-seek': { readonly ms: number };
  'slipway-live': undefined;
  'slipway-play': { readonly playing: boolean; readonly speed: number };
  'slipway-turn': { readonly op: 'undo' | 'redo' | 'reset' | 'resetStep' };
  /** One thing that happened further back (-1) or ahead (1). */
  'slipway-step': { readonly by: -1 | 1 };
  'slipway-fork': undefined;
  'slipway-changes': undefined;
  'slipway-branch': { readonly index: number };
}

type TimelineEvents = { [K in keyof Details]: CustomEvent<Details[K]> };

declare global {
  interface HTMLElementEventMap extends TimelineEvents {}
}

export function timelineEvent<K extends keyof Details>(name: K, detail: Details[K]): CustomEvent<Details[K]> {
  return new CustomEvent(name, { detail, bubbles: true, composed: true });
}
