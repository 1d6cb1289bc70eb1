import { css } from 'lit';

export const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 100%;
    padding: 10px 14px 12px;
    font-size: 13px;
    line-height: 1.4;
  }
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 10px;
    margin-bottom: 8px;
  }
  .does {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-left: auto;
  }
  .text {
    flex: 1 1 220px;
    min-height: 200px;
    height: 220px;
    overflow: hidden;
    border: 1px solid var(--slipway-line);
    border-radius: 8px;
  }
  .text:focus-within {
    outline: 2px solid var(--slipway-focus);
    outline-offset: 1px;
  }
  p {
    margin: 8px 0 0;
  }
  .about {
    min-height: 2.8em;
    color: var(--slipway-ink-soft);
  }
  code,
  pre {
    font-family: var(--slipway-mono);
    font-size: 12.5px;
    overflow-wrap: anywhere;
  }
  code {
    color: var(--slipway-ink);
  }
  .note pre {
    margin: 8px 0 0;
    padding: 6px 10px;
    border-left: 4px solid var(--slipway-ok);
    border-radius: 4px;
    background: var(--slipway-ok-soft);
    white-space: pre-wrap;
  }
  .note.bad pre {
    border-color: var(--slipway-bad);
    background: var(--slipway-bad-soft);
  }
  .found {
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
  }
  .found button {
    width: 100%;
    min-height: 28px;
    padding: 4px 8px;
    border: 0;
    border-left: 4px solid var(--slipway-bad);
    border-radius: 4px;
    background: var(--slipway-bad-soft);
    text-align: left;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .found li + li {
    margin-top: 4px;
  }
  select {
    min-height: 32px;
    max-width: 130px;
    padding: 4px 8px;
    border: 1px solid var(--slipway-line);
    border-radius: 8px;
    background: var(--slipway-surface);
    font-size: 13px;
  }
  .does .btn {
    max-width: 190px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .mode {
    margin: 0 0 8px;
    color: var(--slipway-ink-soft);
    overflow-wrap: anywhere;
  }
  .diff {
    margin-top: 8px;
  }
  .diff header {
    display: flex;
    align-items: center;
    justify-content: space-between;
  }
  .diff pre {
    max-height: 240px;
    margin: 4px 0 0;
    padding: 6px 10px;
    overflow: auto;
    border: 1px solid var(--slipway-line);
    border-radius: 8px;
    background: var(--slipway-raised);
    white-space: pre;
  }
  .diff .more {
    background: var(--slipway-ok-soft);
    color: var(--slipway-ok);
  }
  .diff .less {
    background: var(--slipway-bad-soft);
    color: var(--slipway-bad);
  }
  .help {
    font-size: 12px;
    color: var(--slipway-ink-soft);
  }
`;
