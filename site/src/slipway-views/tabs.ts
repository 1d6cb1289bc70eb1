/** The tabs and how keys move among them. Pure. */

import type { PanelName } from '../panels.js';

/** What can stand beside the cluster: a view of the world, or the editor, of which the engine says nothing by itself. */
export type Beside = PanelName | 'editor';

/** The cluster alone, or something beside it. */
export type Tab = 'cluster' | Beside;

export const tabs: readonly Tab[] = ['cluster', 'labels', 'rollout', 'why', 'events', 'inspector', 'editor'];

/** Where a key leads from one of these tabs; undefined if it does not move. */
export function moveAmong<T>(all: readonly T[], at: T, key: string): T | undefined {
  const i = all.indexOf(at);
  switch (key) {
    case 'ArrowRight':
      return all[(i + 1) % all.length];
    case 'ArrowLeft':
      return all[(i + all.length - 1) % all.length];
    case 'Home':
      return all[0];
    case 'End':
      return all.at(-1);
    default:
      return undefined;
  }
}

export function moveTab(at: Tab, key: string): Tab | undefined {
  return moveAmong(tabs, at, key);
}
