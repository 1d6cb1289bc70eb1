/** What the engine shows of a machine, as the page's types. Docs of the fields: `docs/wire.md`. */

import type { Shape, Tone } from './model.js';

export interface ProcessItem {
  readonly key: string;
  /** As the first shell sees it. */
  readonly pid: number;
  /** In its own pid namespace. */
  readonly inner: number;
  /** Key; empty if there is none to be seen. */
  readonly parent: string;
  /** Its pid namespace, and how many of them lie between it and the first shell's. */
  readonly ns: number;
  readonly level: number;
  readonly name: string;
  readonly args: string;
  readonly uid: number;
  readonly state: string;
  readonly tone: Tone;
  readonly shape: Shape;
  /** Path of its cgroup. */
  readonly cgroup: string;
  /** Kinds of the namespaces it does not share with the first shell. */
  readonly own: readonly string[];
}

export interface Gauge {
  readonly label: string;
  readonly used: number;
  /** -1: there is no limit. */
  readonly of: number;
  readonly text: string;
  /** Empty without one. */
  readonly limit: string;
}

export interface CgroupItem {
  /** Its path. */
  readonly key: string;
  readonly parent: string;
  readonly members: number;
  readonly tone: Tone;
  readonly shape: Shape;
  readonly frozen: boolean;
  readonly gauges: readonly Gauge[];
  readonly counts: readonly { readonly label: string; readonly n: number }[];
}

/** Stands for those that are not shown, of many. */
export interface More {
  readonly key: 'more';
  readonly more: number;
}

export function isMore(item: ProcessItem | CgroupItem | More): item is More {
  return 'more' in item;
}
