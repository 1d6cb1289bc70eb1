/** What views tell each other and the page. */

import type { PanelName } from '../panels.js';

interface Details {
  /** Somebody points at an object, by its key; empty when no longer. */
  'slipway-mark': { readonly key: string };
  /** Somebody chose an object to be told about. */
  'slipway-choose': { readonly key: string };
  /** Somebody typed a selector. */
  'slipway-selector': { readonly text: string };
  /** Other views are on show than before, or about something else. */
  'slipway-panels': { readonly names: readonly PanelName[]; readonly object: string; readonly selector: string; readonly open: boolean /* the cluster shares its room */ };
}

type ViewEvents = { [K in keyof Details]: CustomEvent<Details[K]> };

declare global {
  interface HTMLElementEventMap extends ViewEvents {}
}

export function viewEvent<K extends keyof Details>(name: K, detail: Details[K]): CustomEvent<Details[K]> {
  return new CustomEvent(name, { detail, bubbles: true, composed: true });
}

/** The key of the object an event happened on. */
export function keyAt(event: Event): string | undefined {
  const { target } = event;
  return target instanceof Element ? target.closest<HTMLElement | SVGElement>('[data-key]')?.dataset['key'] : undefined;
}
