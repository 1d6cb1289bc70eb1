/** The tabs and how keys move among them. Pure. */

import type { PanelName } from '../panels.js';

/** What can stand beside the cluster: a view of the world, or the editor, of which the engine says nothing by itself. */
export type Beside = PanelName | 'editor';

/** The cluster alone, or something beside it. */
export type Tab = 'cluster' | Beside;

export const tabs: readonly Tab[] = ['cluster', 'labels', 'rollout', 'why', 'events', 'inspector', 'editor'];

/** Where a key leads from a tab; undefined if it does not move. */
export function moveTab(at: Tab, key: string): Tab | undefined {
  const i = tabs.indexOf(at);
  switch (key) {
    case 'ArrowRight':
      return tabs[(i + 1) % tabs.length];
    case 'ArrowLeft':
      return tabs[(i + tabs.length - 1) % tabs.length];
    case 'Home':
      return tabs[0];
    case 'End':
      return tabs.at(-1);
    default:
      return undefined;
  }
}
