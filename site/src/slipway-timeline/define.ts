import { SlipwayTimeline } from './timeline.js';

customElements.define('slipway-timeline', SlipwayTimeline);

declare global {
  interface HTMLElementTagNameMap {
    'slipway-timeline': SlipwayTimeline;
  }
}
