/** What all panels share: tones, tables, buttons that stand for objects. */

import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    padding: 10px 14px 14px;
    font-size: 13px;
    line-height: 1.4;
  }
  h2 {
    margin: 0 0 8px;
  }
  h3 {
    margin: 14px 0 6px;
    font-size: 12.5px;
    font-weight: 650;
  }
  p {
    margin: 0 0 8px;
  }
  .hint,
  .soft {
    color: var(--slipway-ink-soft);
  }
  code,
  .mono {
    font-family: var(--slipway-mono);
    font-size: 12.5px;
    overflow-wrap: anywhere;
  }
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 12px;
    margin-bottom: 8px;
  }
  .top h2 {
    margin: 0;
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
    color: var(--slipway-ink);
    cursor: pointer;
  }
  .pick button[aria-pressed='true'] {
    background: var(--slipway-surface);
    box-shadow: var(--slipway-shadow);
    font-weight: 600;
  }
  .tone-ok {
    --tone: var(--slipway-ok);
    --tone-soft: var(--slipway-ok-soft);
  }
  .tone-busy {
    --tone: var(--slipway-busy);
    --tone-soft: var(--slipway-busy-soft);
  }
  .tone-warn {
    --tone: var(--slipway-warn);
    --tone-soft: var(--slipway-warn-soft);
  }
  .tone-bad {
    --tone: var(--slipway-bad);
    --tone-soft: var(--slipway-bad-soft);
  }
  .tone-idle {
    --tone: var(--slipway-idle);
    --tone-soft: var(--slipway-idle-soft);
  }
  .obj {
    min-height: 24px;
    padding: 1px 7px;
    border: 1px solid var(--slipway-line);
    border-radius: 6px;
    background: var(--slipway-surface);
    font-family: var(--slipway-mono);
    font-size: 12.5px;
    text-align: left;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .obj:hover {
    border-color: var(--slipway-line-strong);
  }
  .obj[data-marked] {
    border-color: var(--slipway-focus);
    box-shadow: 0 0 0 1px var(--slipway-focus);
  }
  tr[data-marked] > * {
    background: var(--slipway-accent-soft);
  }
  .scroll {
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  caption {
    padding: 6px 0;
    text-align: left;
    font-weight: 650;
  }
  th,
  td {
    padding: 5px 12px 5px 0;
    border-bottom: 1px solid var(--slipway-line);
    text-align: left;
    vertical-align: top;
  }
  th {
    font-size: 12px;
    font-weight: 600;
    color: var(--slipway-ink-soft);
  }
  tbody th {
    font-family: var(--slipway-mono);
    color: var(--slipway-ink);
  }
  td.mono,
  td .obj {
    white-space: nowrap;
  }
  td.num,
  th.num {
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  .yes,
  .no {
    display: inline-grid;
    place-items: center;
    width: 18px;
    height: 18px;
    border-radius: 50%;
    font-size: 12px;
    font-weight: 700;
  }
  .yes {
    background: var(--slipway-ok-soft);
    color: var(--slipway-ok);
  }
  .no {
    background: var(--slipway-idle-soft);
    color: var(--slipway-idle);
  }
`;
