import '../slipway-chaos/define.js';
import '../slipway-lesson/define.js';
import '../slipway-stage/define.js';
import '../slipway-terminal/define.js';
import '../slipway-timeline/define.js';
import { SlipwayPlayground } from './playground.js';

customElements.define('slipway-playground', SlipwayPlayground);

declare global {
  interface HTMLElementTagNameMap {
    'slipway-playground': SlipwayPlayground;
  }
}
