/** What the palette tells its page. */

export type TypeEvent = CustomEvent<{ readonly line: string }>;

declare global {
  interface HTMLElementEventMap {
    'slipway-type': TypeEvent;
  }
}

export function typeEvent(line: string): TypeEvent {
  return new CustomEvent('slipway-type', { detail: { line }, bubbles: true, composed: true });
}
