import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    min-width: 0;
    min-height: 0;
    overflow: auto;
    padding: 0;
    background: var(--slipway-raised);
    font-size: 13px;
    line-height: 1.4;
  }
  h2 {
    margin: 0;
    letter-spacing: 0;
  }
  .bar {
    position: sticky;
    top: 0;
    z-index: 1;
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto auto;
    align-items: center;
    gap: 2px 8px;
    width: 100%;
    min-height: 38px;
    padding: 5px 12px;
    border: 0;
    border-bottom: 1px solid var(--slipway-line);
    background: var(--slipway-raised);
    text-align: left;
    cursor: pointer;
  }
  .bar:focus-visible {
    outline-offset: -3px;
  }
  .word {
    padding: 1px 7px;
    border-radius: 6px;
    background: var(--slipway-accent);
    color: var(--slipway-on-accent);
    font-size: 12px;
    font-weight: 650;
  }
  .of {
    color: var(--slipway-ink);
    font-size: 12.5px;
    font-weight: 600;
    line-height: 1.3;
  }
  .count {
    color: var(--slipway-ink-soft);
    font-size: 12px;
    white-space: nowrap;
  }
  .bar svg {
    grid-column: 4;
    transition: transform 150ms;
  }
  .bar[aria-expanded='false'] svg {
    transform: rotate(-90deg);
  }
  .body {
    padding: 10px 12px 12px;
  }
  .drawing {
    position: relative;
    margin-bottom: 8px;
    pointer-events: none;
  }
  .box {
    fill: var(--slipway-surface);
  }
  .outside .box {
    fill: none;
  }
  .marks {
    position: absolute;
    inset: 0 auto auto 0;
    overflow: visible;
  }
  .around {
    fill: none;
    stroke: var(--mark);
    stroke-width: 1.8;
    stroke-dasharray: 5 3;
  }
  .marks circle {
    fill: var(--mark);
  }
  .marks path {
    fill: none;
    stroke: var(--slipway-surface);
    stroke-width: 1.8;
  }
  .missing {
    --mark: var(--slipway-accent);
  }
  .changed {
    --mark: var(--slipway-warn);
  }
  .extra {
    --mark: var(--slipway-bad);
  }
  .lines {
    display: grid;
    gap: 4px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .lines li {
    display: flex;
    gap: 7px;
    overflow-wrap: anywhere;
  }
  .sign {
    flex: none;
    display: inline-grid;
    place-items: center;
    width: 18px;
    height: 18px;
    border-radius: 50%;
    background: var(--mark);
    color: var(--slipway-surface);
    font: 700 13px/1 var(--slipway-font);
  }
  .lines button {
    min-height: 24px;
    padding: 0;
    border: 0;
    background: none;
    text-align: left;
    text-decoration: underline dotted;
    text-underline-offset: 3px;
    cursor: pointer;
    overflow-wrap: anywhere;
  }
  .note {
    margin: 0 0 6px;
    color: var(--slipway-ink-soft);
  }
  @media (prefers-reduced-motion: reduce) {
    .bar svg {
      transition: none;
    }
  }
`;
