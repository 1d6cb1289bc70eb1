/** What the terminal tells its page. */

export type LineEvent = CustomEvent<{ readonly text: string; readonly aside: boolean }>;

declare global {
  interface HTMLElementEventMap {
    'slipway-line': LineEvent;
    'slipway-interrupt': CustomEvent<void>;
    'slipway-end': CustomEvent<void>;
    'slipway-clear': CustomEvent<void>;
  }
}

export function lineEvent(text: string, aside: boolean): LineEvent {
  return new CustomEvent('slipway-line', { detail: { text, aside }, bubbles: true, composed: true });
}

export function plainEvent(name: 'slipway-interrupt' | 'slipway-end' | 'slipway-clear'): CustomEvent<void> {
  return new CustomEvent(name, { bubbles: true, composed: true });
}
