/** What the terminal tells its page. */

export type LineEvent = CustomEvent<{ readonly text: string }>;

declare global {
  interface HTMLElementEventMap {
    'slipway-line': LineEvent;
    'slipway-interrupt': CustomEvent<void>;
    'slipway-clear': CustomEvent<void>;
  }
}

export function lineEvent(text: string): LineEvent {
  return new CustomEvent('slipway-line', { detail: { text }, bubbles: true, composed: true });
}

export function plainEvent(name: 'slipway-interrupt' | 'slipway-clear'): CustomEvent<void> {
  return new CustomEvent(name, { bubbles: true, composed: true });
}
