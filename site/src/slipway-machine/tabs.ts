/** The views of a machine, and how keys move among their tabs. Pure. */

/** Add a view here, its name to `messages/machine.ts`, and what it draws to `machine.ts`. */
export const tabs = ['processes', 'cgroups', 'capabilities', 'mounts', 'network'] as const;
export type Tab = (typeof tabs)[number];

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
