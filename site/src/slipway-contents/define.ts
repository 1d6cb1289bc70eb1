import { SlipwayContents } from './contents.js';

customElements.define('slipway-contents', SlipwayContents);

declare global {
  interface HTMLElementTagNameMap {
    'slipway-contents': SlipwayContents;
  }
}
