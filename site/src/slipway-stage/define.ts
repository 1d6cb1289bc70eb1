import '../slipway-views/define.js';
import { SlipwayStage } from './stage.js';

customElements.define('slipway-stage', SlipwayStage);

declare global {
  interface HTMLElementTagNameMap {
    'slipway-stage': SlipwayStage;
  }
}
