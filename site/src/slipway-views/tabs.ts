/** The tabs and how keys move among them. Pure. */

import type { PanelName } from '../panels.js';

/** The cluster alone, or a view beside it. */
export type Tab = 'cluster' | PanelName;

export const tabs: readonly Tab[] = ['cluster', 'labels', 'rollout', 'why', 'events', 'inspector'];

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
