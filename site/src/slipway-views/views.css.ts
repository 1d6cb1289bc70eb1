import { css } from 'lit';

export const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
    container-type: inline-size;
  }
  .split {
    display: grid;
    flex: 1 1 auto;
    min-height: 0;
    grid-template-columns: minmax(0, 1fr);
    grid-template-rows: minmax(0, 1fr);
  }
  .panel {
    min-width: 0;
    min-height: 0;
    overflow: auto;
    border-left: 1px solid var(--slipway-line);
    background: var(--slipway-surface);
  }
  .panel:focus-visible {
    outline-offset: -3px;
  }
  .main {
    display: flex;
    min-width: 0;
    min-height: 0;
  }
  slipway-cluster {
    flex: 1 1 auto;
  }
  .hint {
    padding: 10px 14px;
    font-size: 13px;
    color: var(--slipway-ink-soft);
  }
  @container (min-width: 700px) {
    .split.two {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1.15fr);
    }
  }
  @container (max-width: 699.9px) {
    .split.two {
      grid-template-rows: minmax(180px, 1fr) minmax(200px, 1.2fr);
    }
    .panel {
      border-left: 0;
      border-top: 1px solid var(--slipway-line);
    }
  }
`;
