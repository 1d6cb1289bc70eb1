import { SlipwayChaos } from './chaos.js';

customElements.define('slipway-chaos', SlipwayChaos);

declare global {
  interface HTMLElementTagNameMap {
    'slipway-chaos': SlipwayChaos;
  }
}
