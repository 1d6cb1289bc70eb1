import { css } from 'lit';

/** The goal stands beside the cluster where there is room, else above it, folded away as a bar. */
export const styles = css`
  :host {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-width: 0;
    min-height: 0;
  }
  .stage {
    display: flex;
    flex-direction: column;
    min-width: 0;
    min-height: 0;
  }
  slipway-views,
  slipway-machine {
    flex: 1 1 auto;
  }
  slipway-goal {
    flex: none;
    order: -1;
    max-height: 60%;
    border-bottom: 1px solid var(--slipway-line);
  }
  @media (max-width: 899px) {
    slipway-views,
    slipway-machine {
      min-height: 240px;
    }
    slipway-goal {
      max-height: none;
    }
  }
  @media (min-width: 1200px) {
    .stage:not(.two) {
      flex-direction: row;
    }
    .stage:not(.two) slipway-goal {
      order: 0;
      width: 204px;
      max-height: none;
      border-bottom: 0;
      border-left: 1px solid var(--slipway-line);
    }
  }
  /* Three nodes stand beside each other at 1280 px and up. */
  @media (min-width: 1360px) {
    .stage:not(.two) slipway-goal {
      width: 252px;
    }
  }
  @media (min-width: 1500px) {
    .stage.two {
      flex-direction: row;
    }
    .stage.two slipway-goal {
      order: 0;
      width: 264px;
      max-height: none;
      border-bottom: 0;
      border-left: 1px solid var(--slipway-line);
    }
  }
`;
