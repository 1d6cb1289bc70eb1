import { SlipwayWhy } from './why.js';

customElements.define('slipway-why', SlipwayWhy);

declare global {
  interface HTMLElementTagNameMap {
    'slipway-why': SlipwayWhy;
  }
}
