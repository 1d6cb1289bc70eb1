import { css } from 'lit';

export const styles = css`
  :host {
    display: flex;
    flex: 1 1 auto;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
    container-type: inline-size;
  }
  .panel:focus-visible {
    outline-offset: -3px;
  }
  .panel {
    flex: 1 1 auto;
    min-height: 0;
    overflow: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 13px;
  }
  th,
  td {
    padding: 5px 8px;
    border-bottom: 1px solid var(--slipway-line);
    text-align: left;
    vertical-align: top;
  }
  th {
    font-size: 12px;
    font-weight: 600;
    color: var(--slipway-ink-soft);
    white-space: nowrap;
  }
  .number {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .mono {
    font-family: var(--slipway-mono);
    overflow-wrap: anywhere;
  }
  .level-1 {
    padding-left: 24px;
  }
  .level-2 {
    padding-left: 40px;
  }
  .level-3 {
    padding-left: 56px;
  }
  .soft,
  .hint {
    font-size: 12px;
    color: var(--slipway-ink-soft);
  }
  .hint {
    margin: 6px 0;
  }
  caption {
    padding: 10px 0 4px;
    text-align: left;
    font-weight: 650;
  }
  td .obj {
    padding: 1px 6px;
    border: 1px solid transparent;
    border-radius: 6px;
    background: none;
    font: inherit;
    text-align: left;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  td .obj[aria-pressed='true'] {
    border-color: var(--slipway-accent);
    background: var(--slipway-accent-soft);
  }
  .view {
    padding: 8px 14px 14px;
    font-size: 13px;
  }
  .pick {
    display: inline-flex;
    margin-left: auto;
    padding: 2px;
    border-radius: 9px;
    background: var(--slipway-idle-soft);
  }
  .pick button {
    min-height: 28px;
    padding: 2px 12px;
    border: 0;
    border-radius: 7px;
    background: none;
    font-size: 12.5px;
    cursor: pointer;
  }
  .pick button[aria-pressed='true'] {
    background: var(--slipway-surface);
    box-shadow: var(--slipway-shadow);
    font-weight: 600;
  }
  .tone-ok {
    --tone: var(--slipway-ok);
  }
  .tone-busy {
    --tone: var(--slipway-busy);
  }
  .tone-warn {
    --tone: var(--slipway-warn);
  }
  .tone-bad {
    --tone: var(--slipway-bad);
  }
  .tone-idle {
    --tone: var(--slipway-idle);
  }
  .mark {
    margin-right: 5px;
    vertical-align: -2px;
    fill: var(--tone);
  }
`;
