/** What the goal's picture tells the playground. */

interface Details {
  /** Whether the world's labels are wanted, to compare them with those of the picture. */
  'slipway-compare': { readonly labels: boolean };
}

type GoalEvents = { [K in keyof Details]: CustomEvent<Details[K]> };

declare global {
  interface HTMLElementEventMap extends GoalEvents {}
}

export function goalEvent<K extends keyof Details>(name: K, detail: Details[K]): CustomEvent<Details[K]> {
  return new CustomEvent(name, { detail, bubbles: true, composed: true });
}
