/** Small pictures for buttons, 16 by 16, drawn with the colour of the text beside them. */

import { html, type TemplateResult } from 'lit';

const paths = {
  undo: 'M6 3 2.5 6.5 6 10M3 6.5h6.2a3.8 3.8 0 0 1 0 7.6H7',
  redo: 'm10 3 3.5 3.5L10 10M13 6.5H6.8a3.8 3.8 0 0 0 0 7.6H9',
  reset: 'M3 8a5 5 0 1 0 1.6-3.7M3 2.5v3h3',
  play: 'M5 3.2v9.6l7.6-4.8z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  check: 'm3 8.5 3.3 3.3L13 4.6',
  stop: 'M4 4h8v8H4z',
  send: 'M3 8h9M8.5 4.5 12 8l-3.5 3.5',
  up: 'M8 12.5v-9M4.5 7 8 3.5 11.5 7',
  down: 'M8 3.5v9M4.5 9 8 12.5 11.5 9',
  save: 'M8 2.5v7.5M5 7.2 8 10l3-2.8M3 13.2h10',
  open: 'M8 10.5V3M5 5.8 8 3l3 2.8M3 13.2h10',
  close: 'm4 4 8 8M12 4l-8 8',
  branch: 'M5 2.5v11M5 8.5h3.5A2.5 2.5 0 0 0 11 6V3.5M9 5l2-2 2 2',
  hint: 'M8 2a4.2 4.2 0 0 0-2.4 7.6V11h4.8V9.6A4.2 4.2 0 0 0 8 2M6.3 13.6h3.4',
  link: 'M6.7 9.3 9.3 6.7M7.3 4.7 9 3a2.8 2.8 0 0 1 4 4l-1.7 1.7M8.7 11.3 7 13a2.8 2.8 0 0 1-4-4l1.7-1.7',
  bolt: 'M9 2 4 9h3.5L7 14l5-7H8.5z',
  stepOn: 'M4 3.5v9L10 8zM12.5 3.5v9',
  stepBack: 'M12 3.5v9L6 8zM3.5 3.5v9',
  list: 'M3 4h10M3 8h10M3 12h6',
};

export function icon(name: keyof typeof paths): TemplateResult {
  return html`<svg width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.7"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d=${paths[name]} /></svg>`;
}
