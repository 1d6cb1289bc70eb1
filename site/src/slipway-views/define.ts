import '../slipway-cluster/define.js';
import { SlipwayViews } from './views.js';

customElements.define('slipway-views', SlipwayViews);

declare global {
  interface HTMLElementTagNameMap {
    'slipway-views': SlipwayViews;
  }
}
