/** What all elements share: buttons, focus, and text for screen readers only. */

import { css } from 'lit';

export const base = css`
  :host {
    box-sizing: border-box;
    font-family: var(--slipway-font);
    color: var(--slipway-ink);
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: inherit;
  }
  button,
  select {
    font: inherit;
    color: inherit;
  }
  .btn {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-width: 32px;
    min-height: 32px;
    padding: 4px 10px;
    border: 1px solid var(--slipway-line);
    border-radius: 8px;
    background: var(--slipway-surface);
    font-size: 13px;
    line-height: 1.2;
    white-space: nowrap;
    cursor: pointer;
  }
  .btn:hover:not(:disabled) {
    border-color: var(--slipway-line-strong);
    background: var(--slipway-raised);
  }
  .btn:disabled {
    color: var(--slipway-ink-soft);
    opacity: 0.55;
    cursor: default;
  }
  .btn.icon {
    padding: 4px;
  }
  .btn.primary {
    border-color: var(--slipway-accent);
    background: var(--slipway-accent);
    color: var(--slipway-on-accent);
  }
  .btn.primary:hover:not(:disabled) {
    background: var(--slipway-accent);
    filter: brightness(1.08);
  }
  .btn svg {
    flex: none;
  }
  :focus-visible {
    outline: 2px solid var(--slipway-focus);
    outline-offset: 2px;
  }
  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  h2 {
    margin: 0;
    font-size: 12px;
    font-weight: 650;
    letter-spacing: 0.04em;
    color: var(--slipway-ink-soft);
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`;
