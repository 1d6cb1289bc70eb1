import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    min-width: 0;
    background: var(--slipway-surface);
    border-block: 1px solid var(--slipway-line);
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 8px;
    padding: 6px 14px;
  }
  .group {
    display: inline-flex;
    align-items: center;
    gap: 4px;
  }
  select {
    min-height: 32px;
    padding: 2px 4px;
    border: 1px solid var(--slipway-line);
    border-radius: 8px;
    background: var(--slipway-surface);
    font-size: 13px;
  }
  .scrub {
    position: relative;
    flex: 1 1 180px;
    min-width: 140px;
    height: 32px;
  }
  .scrub svg {
    position: absolute;
    inset: 0 8px;
    width: calc(100% - 16px);
    height: 100%;
    overflow: visible;
    pointer-events: none;
  }
  .track {
    fill: var(--slipway-idle-soft);
  }
  .gone {
    fill: var(--slipway-accent);
  }
  .said,
  .happened {
    fill: none;
    stroke: var(--slipway-ink);
    stroke-width: 2;
    stroke-linecap: round;
    vector-effect: non-scaling-stroke;
  }
  .happened {
    stroke: var(--tone);
    stroke-width: 4;
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
  input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    margin: 0;
    background: transparent;
    appearance: none;
    cursor: pointer;
  }
  input:disabled {
    cursor: default;
  }
  input::-webkit-slider-thumb {
    appearance: none;
    width: 16px;
    height: 16px;
    border: 3px solid var(--slipway-surface);
    border-radius: 50%;
    background: var(--slipway-accent);
    box-shadow: 0 0 0 1.5px var(--slipway-accent);
  }
  input::-moz-range-thumb {
    width: 12px;
    height: 12px;
    border: 3px solid var(--slipway-surface);
    border-radius: 50%;
    background: var(--slipway-accent);
    box-shadow: 0 0 0 1.5px var(--slipway-accent);
  }
  input::-moz-range-track {
    background: transparent;
  }
  /* Of a fixed size, so that a second that passes lays out nothing else. */
  .clock {
    width: 8.5ch;
    height: 20px;
    font: 600 13px/20px var(--slipway-mono);
    text-align: center;
    contain: strict;
  }
  .live::before {
    content: '';
    width: 8px;
    height: 8px;
    border-radius: 50%;
    border: 2px solid var(--slipway-idle);
  }
  .live[aria-pressed='true']::before {
    border-color: var(--slipway-ok);
    background: var(--slipway-ok);
  }
  .btn[aria-expanded='true'] {
    border-color: var(--slipway-accent);
    background: var(--slipway-accent-soft);
  }
  .count {
    min-width: 18px;
    padding: 0 5px;
    border-radius: 9px;
    background: var(--slipway-idle-soft);
    font-size: 11.5px;
    line-height: 18px;
    text-align: center;
  }
  .past {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 6px 12px;
    padding: 6px 14px;
    border-top: 1px solid var(--slipway-line);
    background: var(--slipway-warn-soft);
    font-size: 13px;
  }
  .past span {
    flex: 1 1 240px;
  }
  .panel {
    max-height: min(150px, 22vh);
    overflow: auto;
    border-top: 1px solid var(--slipway-line);
    background: var(--slipway-raised);
    font-size: 12.5px;
  }
  .panel p {
    margin: 0;
    padding: 10px 14px;
    color: var(--slipway-ink-soft);
  }
  .panel ol {
    margin: 0;
    padding: 4px 0;
    list-style: none;
  }
  .panel li {
    display: grid;
    grid-template-columns: 70px 16px minmax(90px, 130px) minmax(90px, 130px) 1fr;
    align-items: baseline;
    gap: 2px 8px;
    padding: 2px 14px;
  }
  .panel li.future {
    --tone: var(--slipway-ink-soft);
    color: var(--slipway-ink-soft);
    font-style: italic;
  }
  .panel .at {
    min-height: 24px;
    padding: 2px 6px;
    border: 0;
    border-radius: 6px;
    background: none;
    font: 12px var(--slipway-mono);
    color: var(--slipway-accent);
    text-align: right;
    cursor: pointer;
  }
  .panel .at:hover {
    text-decoration: underline;
  }
  .panel .mark {
    align-self: center;
  }
  .panel .reason {
    font-weight: 650;
    color: var(--tone);
    overflow-wrap: anywhere;
  }
  .panel .object {
    font-family: var(--slipway-mono);
    overflow-wrap: anywhere;
  }
  .panel .actor {
    color: var(--slipway-ink-soft);
  }
  .panel li.branch {
    display: block;
    padding: 3px 14px;
  }
  dialog {
    max-width: min(420px, calc(100vw - 32px));
    padding: 20px;
    border: 1px solid var(--slipway-line);
    border-radius: 14px;
    background: var(--slipway-surface);
    color: var(--slipway-ink);
    box-shadow: var(--slipway-shadow);
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 45%);
  }
  dialog p {
    margin: 0 0 16px;
    line-height: 1.5;
  }
  dialog div {
    display: flex;
    justify-content: flex-end;
    flex-wrap: wrap;
    gap: 8px;
  }
  @media (max-width: 640px) {
    .scrub {
      order: 9;
      flex-basis: 100%;
    }
    .panel li {
      grid-template-columns: 64px 16px 1fr 1fr;
    }
    .panel li .text {
      grid-column: 3 / -1;
    }
  }
`;
