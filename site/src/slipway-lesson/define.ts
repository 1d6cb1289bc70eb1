import { SlipwayLesson } from './lesson.js';

customElements.define('slipway-lesson', SlipwayLesson);

declare global {
  interface HTMLElementTagNameMap {
    'slipway-lesson': SlipwayLesson;
  }
}
