import { SlipwayEvents } from './events.js';

customElements.define('slipway-events', SlipwayEvents);

declare global {
  interface HTMLElementTagNameMap {
    'slipway-events': SlipwayEvents;
  }
}
