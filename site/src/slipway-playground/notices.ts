/** A notice in the page's language, and whether it is bad news; a banner that stays. Pure. */

import { html, type TemplateResult } from 'lit';
import type { Messages } from '../messages/messages.js';
import type { Notice } from '../session/state.js';

export function noticeText(notice: Notice, t: Messages): string {
  switch (notice.kind) {
    case 'crashed':
    case 'silent':
    case 'copied':
    case 'tooLong':
    case 'restored':
    case 'woken':
    case 'lost':
    case 'unsaved':
    case 'loaded':
      return t[notice.kind];
    case 'refused':
    case 'linkRefused':
    case 'failed':
    case 'livelock':
    case 'wire':
      return t[notice.kind](notice.reason);
    default:
      return notice satisfies never;
  }
}

export function isGood(notice: Notice): boolean {
  return notice.kind === 'restored' || notice.kind === 'woken' || notice.kind === 'loaded' || notice.kind === 'copied';
}

/** How much of the engine has come, in percent; undefined if that is not known. */
export function percent(loaded: number, total: number): number | undefined {
  return total > 0 ? Math.min(100, Math.round((loaded / total) * 100)) : undefined;
}

/** Something that stays so until one of the buttons changes it. */
export function banner(text: string, buttons: readonly (readonly [label: string, press: () => void])[]): TemplateResult {
  return html`<div class="notice banner"><span>${text}</span>${buttons.map(([label, press]) => html`<button type="button" class="btn" @click=${press}>${label}</button>`)}</div>`;
}
