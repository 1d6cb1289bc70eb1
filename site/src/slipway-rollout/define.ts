import { SlipwayRollout } from './rollout.js';

customElements.define('slipway-rollout', SlipwayRollout);

declare global {
  interface HTMLElementTagNameMap {
    'slipway-rollout': SlipwayRollout;
  }
}
