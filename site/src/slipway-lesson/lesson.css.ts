import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    position: relative;
  }
  .progress {
    position: sticky;
    top: 0;
    z-index: 1;
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 6px 10px;
    padding: 7px 16px;
    border-bottom: 1px solid var(--slipway-line);
    background: var(--slipway-surface);
    font-size: 12.5px;
    color: var(--slipway-ink-soft);
  }
  .progress span {
    white-space: nowrap;
  }
  .at {
    font-weight: 650;
    color: var(--slipway-ink);
  }
  .met {
    margin-right: auto;
  }
  .progress .btn {
    min-height: 28px;
    padding: 2px 9px;
    font-size: 12.5px;
  }
  .progress a {
    text-decoration: none;
  }
  ol {
    display: flex;
    gap: 5px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .dot {
    display: grid;
    place-items: center;
    width: 24px;
    height: 24px;
    padding: 0;
    border: 1.5px solid var(--slipway-line-strong);
    border-radius: 50%;
    background: var(--slipway-surface);
    color: var(--slipway-ink-soft);
    font: 600 11px var(--slipway-font);
    cursor: pointer;
  }
  .dot:hover {
    border-color: var(--slipway-accent);
  }
  .dot.done {
    border-color: var(--slipway-ok);
    background: var(--slipway-ok-soft);
    color: var(--slipway-ok);
  }
  .dot[aria-current] {
    border-color: var(--slipway-accent);
    box-shadow: 0 0 0 2px var(--slipway-accent);
  }
  .progress .jump {
    display: none;
  }
  @media (max-width: 899px) {
    .progress {
      padding-inline: 16px;
    }
    .progress .jump {
      display: inline-flex;
    }
  }
  .all {
    color: var(--slipway-ok);
    font-weight: 650;
  }
`;
