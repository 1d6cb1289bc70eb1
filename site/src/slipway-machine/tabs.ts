/** The views of a machine. */

/** Add a view here, its name to `messages/machine.ts`, and what it draws to `machine.ts`. */
export const tabs = ['processes', 'cgroups', 'capabilities', 'mounts', 'network'] as const;
export type Tab = (typeof tabs)[number];
