import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    padding: 10px 16px 14px;
    border-top: 1px solid var(--slipway-line);
    background: var(--slipway-surface);
    font-size: 13px;
  }
  header {
    display: flex;
    align-items: center;
    gap: 10px;
    margin-bottom: 8px;
  }
  header p {
    flex: 1 1 auto;
    margin: 0;
    color: var(--slipway-ink-soft);
  }
  .groups {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(260px, 100%), 1fr));
    gap: 4px 24px;
    max-height: min(27vh, 240px);
    overflow: auto;
  }
  h3 {
    margin: 4px 0;
    font-size: 12px;
    font-weight: 650;
    color: var(--slipway-ink-soft);
  }
  .row {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 8px;
    margin-bottom: 6px;
  }
  .row .btn {
    justify-content: flex-start;
    white-space: normal;
    text-align: left;
  }
  select {
    min-width: 0;
    min-height: 32px;
    padding: 2px 6px;
    border: 1px solid var(--slipway-line);
    border-radius: 8px;
    background: var(--slipway-surface);
    font: 12.5px var(--slipway-mono);
  }
  .rate {
    display: flex;
    align-items: center;
    gap: 10px;
    margin-bottom: 6px;
    color: var(--slipway-ink-soft);
  }
  .rate input {
    flex: 1 1 auto;
    min-width: 0;
    min-height: 28px;
    accent-color: var(--slipway-accent);
  }
  @media (max-width: 899px) {
    .groups {
      max-height: none;
    }
  }
`;
