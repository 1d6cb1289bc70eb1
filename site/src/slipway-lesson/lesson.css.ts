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
    gap: 10px;
    padding: 8px 24px;
    border-bottom: 1px solid var(--slipway-line);
    background: var(--slipway-surface);
    font-size: 12.5px;
    color: var(--slipway-ink-soft);
  }
  .progress span {
    white-space: nowrap;
  }
  .progress svg {
    flex: 1 1 auto;
    height: 6px;
    min-width: 60px;
  }
  .track {
    fill: var(--slipway-idle-soft);
  }
  .part {
    fill: var(--slipway-ok);
    transition: width 400ms ease-out;
  }
  .all {
    color: var(--slipway-ok);
    font-weight: 650;
  }
`;
