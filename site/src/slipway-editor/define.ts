import { SlipwayEditor } from './editor.js';

customElements.define('slipway-editor', SlipwayEditor);

declare global {
  interface HTMLElementTagNameMap {
    'slipway-editor': SlipwayEditor;
  }
}
