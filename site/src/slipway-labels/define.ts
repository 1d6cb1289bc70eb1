import { SlipwayLabels } from './labels.js';

customElements.define('slipway-labels', SlipwayLabels);

declare global {
  interface HTMLElementTagNameMap {
    'slipway-labels': SlipwayLabels;
  }
}
