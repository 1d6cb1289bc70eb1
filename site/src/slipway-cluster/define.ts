import { SlipwayCluster } from './cluster.js';

customElements.define('slipway-cluster', SlipwayCluster);

declare global {
  interface HTMLElementTagNameMap {
    'slipway-cluster': SlipwayCluster;
  }
}
