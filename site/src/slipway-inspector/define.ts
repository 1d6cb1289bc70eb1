import { SlipwayInspector } from './inspector.js';

customElements.define('slipway-inspector', SlipwayInspector);

declare global {
  interface HTMLElementTagNameMap {
    'slipway-inspector': SlipwayInspector;
  }
}
