import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-columns: var(--slipway-lesson-width, clamp(320px, 34vw, 540px)) minmax(0, 1fr);
    min-height: 0;
  }
  .lesson {
    display: flex;
    flex-direction: column;
    min-height: 0;
    overflow: auto;
    border-right: 1px solid var(--slipway-line);
    background: var(--slipway-surface);
  }
  ::slotted(slipway-lesson) {
    flex: 1 0 auto;
  }
  .session {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    padding: 12px 24px 20px;
    border-top: 1px solid var(--slipway-line);
  }
  /* What saves and shares is at hand wherever one reads, if the screen has the room. */
  @media (min-width: 900px) and (min-height: 700px) {
    .session {
      position: sticky;
      bottom: 0;
      z-index: 1;
      padding-block: 9px;
      background: var(--slipway-surface);
    }
  }
  .work {
    position: relative;
    display: grid;
    grid-template-rows: minmax(0, 1fr) auto clamp(190px, 36%, 420px);
    grid-auto-rows: auto;
    min-width: 0;
    min-height: 0;
  }
  .work.breaking {
    grid-template-rows: minmax(150px, 1fr) auto clamp(120px, 20%, 260px);
  }
  /* On a low screen, as that of a projector with everything drawn twice as large, the cluster keeps its room and the rest is scrolled to. */
  @media (min-width: 900px) and (max-height: 640px) {
    .work {
      grid-template-rows: minmax(320px, 1fr) auto minmax(150px, 34%);
      overflow: auto;
    }
  }
  .work:focus {
    outline: none;
  }
  .jump {
    display: none;
  }
  .notices {
    position: absolute;
    inset: 10px 14px auto;
    z-index: 3;
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 8px;
    pointer-events: none;
  }
  .notice {
    display: flex;
    align-items: center;
    gap: 12px;
    max-width: 680px;
    padding: 8px 8px 8px 14px;
    border: 1px solid var(--slipway-warn);
    border-radius: 10px;
    background: var(--slipway-warn-soft);
    box-shadow: var(--slipway-shadow);
    font-size: 13.5px;
    line-height: 1.4;
    overflow-wrap: anywhere;
    pointer-events: auto;
  }
  .banner {
    flex-wrap: wrap;
    border-color: var(--slipway-busy);
    background: var(--slipway-busy-soft);
  }
  .notice.good {
    border-color: var(--slipway-ok);
    background: var(--slipway-ok-soft);
  }
  .loading {
    position: absolute;
    inset: 0 0 auto;
    z-index: 2;
    display: grid;
    place-items: center;
    align-content: center;
    gap: 10px;
    height: 46%;
    font-size: 13.5px;
    color: var(--slipway-ink-soft);
    pointer-events: none;
  }
  progress {
    width: min(260px, 70%);
    height: 8px;
    accent-color: var(--slipway-accent);
  }
  .tool {
    min-height: 28px;
    border-color: var(--slipway-term-line);
    background: transparent;
    color: var(--slipway-term-ink);
    font-size: 12.5px;
  }
  .tool:hover:not(:disabled) {
    border-color: var(--slipway-term-soft);
    background: var(--slipway-term-line);
  }
  .tool:focus-visible {
    outline-color: var(--slipway-term-focus);
  }
  @media (max-width: 899px) {
    :host {
      grid-template-columns: minmax(0, 1fr);
    }
    .lesson {
      overflow: visible;
      border-right: 0;
      border-bottom: 1px solid var(--slipway-line);
    }
    .work,
    .work.breaking {
      grid-template-rows: auto auto auto;
    }
    .jump {
      position: sticky;
      top: 0;
      z-index: 2;
      display: flex;
      justify-content: flex-end;
      padding: 6px 12px;
      border-bottom: 1px solid var(--slipway-line);
      background: var(--slipway-surface);
    }
    .loading {
      height: 180px;
    }
    .session {
      padding-inline: 16px;
    }
  }
`;
