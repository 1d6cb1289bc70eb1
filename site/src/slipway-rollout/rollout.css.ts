import { css } from 'lit';

export const styles = css`
  svg.chart {
    display: block;
    width: 100%;
    overflow: visible;
    font: 11.5px var(--slipway-font);
  }
  text {
    fill: var(--slipway-ink-soft);
  }
  .grid {
    stroke: var(--slipway-line);
  }
  .floor {
    stroke: var(--slipway-line-strong);
  }
  .layer {
    stroke: var(--slipway-surface);
    stroke-width: 1;
  }
  .layer[data-marked] {
    stroke: var(--slipway-focus);
    stroke-width: 2.5;
  }
  .weave {
    pointer-events: none;
  }
  pattern path,
  pattern circle {
    fill: none;
    stroke: var(--slipway-surface);
    stroke-width: 1.6;
  }
  pattern circle {
    fill: var(--slipway-surface);
    stroke: none;
  }
  .set-0 {
    fill: var(--slipway-idle);
  }
  .set-1 {
    fill: var(--slipway-accent);
  }
  .set-2 {
    fill: var(--slipway-busy);
  }
  .set-3 {
    fill: var(--slipway-warn);
  }
  .surge {
    fill: var(--slipway-busy);
    opacity: 0.16;
    pointer-events: none;
  }
  .unavailable {
    fill: var(--slipway-bad);
    opacity: 0.14;
    pointer-events: none;
  }
  .wanted {
    fill: none;
    stroke: var(--slipway-ink);
    stroke-width: 1.4;
    stroke-dasharray: 5 4;
    pointer-events: none;
  }
  .available {
    fill: none;
    stroke: var(--slipway-ok);
    stroke-width: 2.4;
    pointer-events: none;
  }
  .lost {
    fill: none;
    stroke: var(--slipway-bad);
    stroke-width: 2.2;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 14px;
    margin: 4px 0 10px;
    padding: 0;
    list-style: none;
    font-size: 12px;
    color: var(--slipway-ink-soft);
  }
  .legend li {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .legend i {
    width: 18px;
    height: 10px;
    font: 700 12px/10px var(--slipway-font);
  }
  .l-wanted {
    height: 0 !important;
    border-top: 2px dashed var(--slipway-ink);
  }
  .l-available {
    height: 0 !important;
    border-top: 3px solid var(--slipway-ok);
  }
  .l-surge {
    background: color-mix(in srgb, var(--slipway-busy) 30%, transparent);
  }
  .l-unavailable {
    background: color-mix(in srgb, var(--slipway-bad) 28%, transparent);
  }
  .l-lost {
    color: var(--slipway-bad);
  }
  .swatch {
    vertical-align: -3px;
    margin-right: 6px;
  }
  .tall {
    max-height: 260px;
    overflow: auto;
  }
`;
