import { SlipwayTerminal } from './terminal.js';

customElements.define('slipway-terminal', SlipwayTerminal);

declare global {
  interface HTMLElementTagNameMap {
    'slipway-terminal': SlipwayTerminal;
  }
}
