import { SlipwayGoal } from './goal.js';

customElements.define('slipway-goal', SlipwayGoal);

declare global {
  interface HTMLElementTagNameMap {
    'slipway-goal': SlipwayGoal;
  }
}
