import { css } from 'lit';

export const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
    container-type: inline-size;
  }
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
  .split {
    display: grid;
    flex: 1 1 auto;
    min-height: 0;
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: minmax(0, 1fr);
  }
  .panel {
    min-width: 0;
    min-height: 0;
    overflow: auto;
    border-left: 1px solid var(--slipway-line);
    background: var(--slipway-surface);
  }
  .panel:focus-visible {
    outline-offset: -3px;
  }
  .main {
    display: flex;
    min-width: 0;
    min-height: 0;
  }
  slipway-cluster {
    flex: 1 1 auto;
  }
  .hint {
    padding: 10px 14px;
    font-size: 13px;
    color: var(--slipway-ink-soft);
  }
  @container (min-width: 700px) {
    .split.two {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1.15fr);
    }
  }
  @container (max-width: 699.9px) {
    .split.two {
      grid-template-rows: minmax(180px, 1fr) minmax(200px, 1.2fr);
    }
    .panel {
      border-left: 0;
      border-top: 1px solid var(--slipway-line);
    }
  }
`;
