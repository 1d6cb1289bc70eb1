/** The choice between a picture and a table. */

import { html, type TemplateResult } from 'lit';
import type { Messages } from '../messages/messages.js';

export type Look = 'picture' | 'table';

export function toggle(look: Look, t: Messages, label: string, choose: (look: Look) => void): TemplateResult {
  const button = (which: Look, text: string) =>
    html`<button type="button" aria-pressed=${look === which} @click=${() => choose(which)}>${text}</button>`;
  return html`<div class="pick" role="group" aria-label=${label}>${button('picture', t.picture)}${button('table', t.table)}</div>`;
}
