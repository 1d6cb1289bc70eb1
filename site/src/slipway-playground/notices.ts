/** A notice in the page's language, and whether it is bad news. Pure. */

import type { Messages } from '../messages/messages.js';
import type { Notice } from '../session/state.js';

export function noticeText(notice: Notice, t: Messages): string {
  switch (notice.kind) {
    case 'crashed':
    case 'restored':
    case 'lost':
    case 'unsaved':
    case 'loaded':
      return t[notice.kind];
    case 'refused':
    case 'failed':
    case 'livelock':
    case 'wire':
      return t[notice.kind](notice.reason);
    default:
      return notice satisfies never;
  }
}

export function isGood(notice: Notice): boolean {
  return notice.kind === 'restored' || notice.kind === 'loaded';
}

/** How much of the engine has come, in percent; undefined if that is not known. */
export function percent(loaded: number, total: number): number | undefined {
  return total > 0 ? Math.min(100, Math.round((loaded / total) * 100)) : undefined;
}
