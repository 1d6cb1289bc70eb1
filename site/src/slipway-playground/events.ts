/** What the playground tells its page, and by way of it whoever embeds the lesson. */

interface Details {
  'slipway-ready': undefined;
  'slipway-progress': { readonly met: number; readonly of: number };
  'slipway-goal': { readonly id: string; readonly text: string };
}

type PlaygroundEvents = { [K in keyof Details]: CustomEvent<Details[K]> };

declare global {
  interface HTMLElementEventMap extends PlaygroundEvents {}
}

export function playgroundEvent<K extends keyof Details>(name: K, detail: Details[K]): CustomEvent<Details[K]> {
  return new CustomEvent(name, { detail, bubbles: true, composed: true });
}
