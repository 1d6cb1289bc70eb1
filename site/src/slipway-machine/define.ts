import { SlipwayMachine } from './machine.js';

customElements.define('slipway-machine', SlipwayMachine);

declare global {
  interface HTMLElementTagNameMap {
    'slipway-machine': SlipwayMachine;
  }
}
