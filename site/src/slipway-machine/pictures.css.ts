import { css, unsafeCSS } from 'lit';

/** How far what lies deeper stands to the right; the policy of the page allows no styles in elements. */
const depths = unsafeCSS([1, 2, 3, 4, 5, 6].map((n) => `.depth-${n}{margin-left:${n * 16}px}`).join(''));

export const styles = css`
  p {
    margin: 0;
  }
  h3 {
    margin: 10px 0 4px;
    font-size: 13px;
  }
  small {
    font-size: 11.5px;
    color: var(--slipway-ink-soft);
  }
  .walls {
    padding: 8px 14px 0;
  }
  .walls .who {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
    font-size: 13px;
  }
  .walls ul {
    display: flex;
    flex-wrap: wrap;
    gap: 5px;
    margin: 6px 0 0;
    padding: 0;
    list-style: none;
  }
  .wall {
    max-width: 220px;
    padding: 2px 8px;
    border: 1px dashed var(--slipway-line-strong);
    border-radius: 5px;
    font-size: 12px;
    color: var(--slipway-ink-soft);
    overflow-wrap: anywhere;
    transition: background-color 0.4s, border-color 0.4s;
  }
  .wall b {
    font-family: var(--slipway-mono);
    color: var(--slipway-ink);
  }
  .wall.up {
    border: 1px solid var(--slipway-accent);
    border-left-width: 5px;
    background: var(--slipway-accent-soft);
    color: var(--slipway-ink);
  }
  .tree,
  .tree ul,
  .groups,
  .mounts,
  .layers,
  .layers ul,
  .caps {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .tree ul {
    margin-left: 8px;
    padding-left: 9px;
    border-left: 1px solid var(--slipway-line);
  }
  .tree ul.flat {
    margin-left: 0;
    padding-left: 0;
  }
  .tree li:focus {
    outline: none;
  }
  .tree li:focus-visible > div > .row {
    outline: 2px solid var(--slipway-focus);
  }
  .tree .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0 10px;
    padding: 2px 6px;
    border-radius: 6px;
    cursor: pointer;
  }
  .tree .row:hover {
    background: var(--slipway-raised);
  }
  .tree li[aria-selected='true'] > div > .row {
    background: var(--slipway-accent-soft);
  }
  .row .pid {
    min-width: 44px;
    font-variant-numeric: tabular-nums;
  }
  .box {
    margin: 4px 0;
    padding: 2px 4px 4px;
    border: 2px solid var(--slipway-accent);
    border-radius: 9px;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    padding: 2px 4px;
  }
  .chip {
    padding: 0 7px;
    border: 1px solid var(--slipway-line);
    border-radius: 9px;
    background: var(--slipway-raised);
    font-size: 12px;
  }
  .chip.lit,
  .chips .chip {
    border-color: var(--slipway-accent);
    background: var(--slipway-accent-soft);
  }
  .chip.root {
    border-color: var(--slipway-hue-1);
    font-weight: 600;
  }
  .group,
  .mount {
    margin: 0 0 4px;
    padding: 4px 8px;
    border: 1px solid var(--slipway-line);
    border-radius: 8px;
    background: var(--slipway-surface);
  }
  ${depths}
  .group.mine,
  .mount.over {
    border-color: var(--slipway-accent);
  }
  .group.frozen {
    border-style: dashed;
    background: var(--slipway-busy-soft);
  }
  .mount p,
  .group p {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 8px;
  }
  .count {
    padding: 0 7px;
    border-radius: 9px;
    background: var(--slipway-warn-soft);
    font-size: 12px;
    color: var(--slipway-warn);
  }
  .gauges {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 18px;
    margin-top: 3px;
    font-size: 12px;
  }
  .gauge {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .gauge .label {
    color: var(--slipway-ink-soft);
  }
  .gauge .value {
    font-variant-numeric: tabular-nums;
  }
  .bar {
    border: 1px solid var(--slipway-line-strong);
    border-radius: 5px;
  }
  .bar rect {
    fill: var(--slipway-busy);
  }
  .bar.full rect {
    fill: var(--slipway-warn);
  }
  .about {
    min-height: 42px;
    margin: 0 0 6px;
    padding: 5px 10px;
    border-left: 3px solid var(--slipway-accent);
    background: var(--slipway-raised);
    line-height: 1.35;
  }
  .caps {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(190px, 1fr));
    gap: 2px 14px;
  }
  .caps.bound {
    margin: 8px 0;
    padding-top: 6px;
    border-top: 1px solid var(--slipway-line);
  }
  .caps li {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 4px;
  }
  .switch {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    min-height: 26px;
    padding: 0 4px 0 0;
    border: 0;
    background: none;
    font-size: 12.5px;
    text-align: left;
    cursor: pointer;
  }
  .switch[aria-disabled='true'] {
    cursor: not-allowed;
  }
  .switch i {
    position: relative;
    flex: none;
    width: 26px;
    height: 14px;
    border: 1px solid var(--slipway-line-strong);
    border-radius: 8px;
    background: var(--slipway-idle-soft);
  }
  .switch i::after {
    position: absolute;
    top: 2px;
    left: 2px;
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--slipway-idle);
    content: '';
    transition: transform 0.15s;
  }
  .switch[aria-checked='true'] i {
    border-color: var(--slipway-accent);
    background: var(--slipway-accent-soft);
  }
  .switch[aria-checked='true'] i::after {
    background: var(--slipway-accent);
    transform: translateX(12px);
  }
  .lamps {
    flex: none;
    font: 11px var(--slipway-mono);
    letter-spacing: 2px;
  }
  .lamps i {
    font-style: normal;
    color: var(--slipway-line-strong);
    text-decoration: line-through;
  }
  .lamps i.on {
    color: var(--slipway-accent);
    font-weight: 700;
    text-decoration: none;
  }
  .layers {
    margin: 5px 0 3px;
  }
  .layers > li {
    margin-top: -1px;
    padding: 4px 9px;
    border: 1px solid var(--slipway-line-strong);
    background: var(--slipway-raised);
  }
  .layers > li.upper {
    background: var(--slipway-ok-soft);
  }
  .layers ul {
    margin: 2px 0;
  }
  .how-hidden .mono {
    text-decoration: line-through;
  }
  svg.picture {
    display: block;
    max-width: none;
    margin-top: 6px;
    font-family: var(--slipway-font);
  }
  .frame {
    fill: var(--slipway-raised);
    stroke: var(--slipway-line-strong);
  }
  .net.mine .frame {
    stroke: var(--slipway-accent);
    stroke-width: 2.5;
  }
  svg .title {
    font-size: 13px;
    font-weight: 650;
    fill: var(--slipway-ink);
  }
  svg .soft {
    font-size: 11.5px;
    font-weight: 400;
    fill: var(--slipway-ink-soft);
  }
  .plate {
    fill: var(--slipway-surface);
    stroke: var(--slipway-line);
  }
  .device .name {
    font: 600 12.5px var(--slipway-mono);
    fill: var(--slipway-ink);
  }
  .device .shape {
    fill: var(--tone);
  }
  .port,
  .cable {
    fill: none;
    stroke: var(--slipway-line-strong);
    stroke-width: 2;
  }
  .cable {
    stroke-width: 3;
    stroke-dasharray: 5 4;
  }
  .cable.carries {
    stroke: var(--slipway-ok);
    stroke-dasharray: none;
  }
`;
