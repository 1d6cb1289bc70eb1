import { css } from 'lit';

/** A row of tabs, of whatever views. */
export const tabStyles = css`
  .tabs {
    display: flex;
    flex: none;
    gap: 2px;
    padding: 6px 10px 0;
    overflow-x: auto;
    border-bottom: 1px solid var(--slipway-line);
    scrollbar-width: thin;
  }
  .tabs button {
    flex: none;
    min-height: 32px;
    padding: 4px 12px;
    border: 0;
    border-bottom: 3px solid transparent;
    background: none;
    font-size: 13px;
    color: var(--slipway-ink-soft);
    cursor: pointer;
  }
  .tabs button:hover {
    color: var(--slipway-ink);
  }
  .tabs button[aria-selected='true'] {
    border-bottom-color: var(--slipway-accent);
    color: var(--slipway-ink);
    font-weight: 600;
  }
  .tabs button:focus-visible {
    outline-offset: -3px;
  }
`;
