import { css } from 'lit';

export const styles = css`
  .typed label {
    display: block;
    margin-bottom: 3px;
    font-size: 12px;
    color: var(--slipway-ink-soft);
  }
  .typed input {
    width: 100%;
    min-height: 32px;
    padding: 4px 9px;
    border: 1px solid var(--slipway-line-strong);
    border-radius: 8px;
    background: var(--slipway-surface);
    font: 13px var(--slipway-mono);
    color: var(--slipway-ink);
  }
  .typed input::placeholder {
    color: var(--slipway-ink-soft);
  }
  .typed input[aria-invalid='true'] {
    border-color: var(--slipway-bad);
  }
  .wrong {
    min-height: 18px;
    margin: 3px 0 6px;
    color: var(--slipway-bad);
  }
  .wrong code {
    color: var(--slipway-ink);
  }
  mark {
    border-radius: 3px;
    background: var(--slipway-bad-soft);
    color: var(--slipway-bad);
    text-decoration: underline wavy;
  }
  .sets {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin: 0 0 10px;
    padding: 0;
    list-style: none;
  }
  .set {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 7px;
    min-height: 28px;
    font-family: var(--slipway-font);
  }
  span.set {
    padding: 1px 7px;
    border: 1px dashed var(--slipway-line-strong);
    border-radius: 6px;
  }
  .set i {
    display: inline-grid;
    place-items: center;
    width: 20px;
    height: 20px;
    border-radius: 50%;
    background: var(--slipway-accent-soft);
    color: var(--slipway-accent);
    font: 650 11.5px var(--slipway-font);
  }
  .set b {
    font-weight: 600;
    color: var(--slipway-ink-soft);
  }
  svg.picture {
    display: block;
    width: 100%;
    overflow: visible;
    font-family: var(--slipway-font);
  }
  .box {
    fill: var(--slipway-raised);
    stroke: var(--slipway-line);
  }
  .outside .box {
    fill: none;
    stroke: var(--slipway-line-strong);
    stroke-opacity: 0.6;
    stroke-dasharray: 5 5;
  }
  .region.lit .box {
    fill: var(--slipway-accent-soft);
    stroke: var(--slipway-accent);
  }
  .caption {
    font-size: 12px;
    fill: var(--slipway-ink-soft);
  }
  .badge circle {
    fill: var(--slipway-accent-soft);
  }
  .badge text {
    font-size: 11.5px;
    font-weight: 650;
    fill: var(--slipway-accent);
  }
  .badge.lit circle {
    fill: var(--slipway-accent);
  }
  .badge.lit text {
    fill: var(--slipway-on-accent);
  }
  .chip {
    cursor: pointer;
  }
  .plate {
    fill: var(--slipway-surface);
    stroke: var(--slipway-line);
    stroke-width: 1.5;
  }
  .chip:hover .plate {
    stroke: var(--tone);
  }
  .chip[aria-selected='true'] .plate {
    stroke: var(--tone);
    stroke-width: 2;
  }
  .shape {
    fill: var(--tone);
  }
  .tone-busy .shape {
    fill: none;
    stroke: var(--tone);
    stroke-width: 2.4;
  }
  .name {
    font: 12px var(--slipway-mono);
    fill: var(--slipway-ink);
  }
  .soft {
    font: 11px var(--slipway-mono);
    fill: var(--slipway-ink-soft);
  }
  .ring {
    fill: none;
    stroke: none;
    stroke-width: 2.5;
    pointer-events: none;
  }
  g[data-marked] > .ring,
  g:focus-visible > .ring {
    stroke: var(--slipway-focus);
  }
  g:focus-visible {
    outline: none;
  }
  .reasons,
  .reasons ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .reasons li {
    display: flex;
    gap: 8px;
    margin: 0 0 6px;
  }
  .reasons ul {
    margin-top: 4px;
  }
  .reasons li > span:first-child {
    flex: none;
  }
`;
