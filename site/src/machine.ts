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
  /** Its user as it sees itself. */
  readonly inside: number;
  /** Somebody types to it. */
  readonly front: boolean;
  readonly state: string;
  readonly tone: Tone;
  readonly shape: Shape;
  /** Path of its cgroup. */
  readonly cgroup: string;
  /** Kinds of the namespaces it does not share with the first shell. */
  readonly own: readonly string[];
  /** And with its parent. */
  readonly walls: readonly string[];
  /** The numbers of its namespaces, as in `nsKinds`. */
  readonly spaces: readonly number[];
  /** Where its root lies in its mount namespace. */
  readonly root: string;
  /** Sets in hexadecimal, as in `capSets`. */
  readonly caps: readonly string[];
  readonly nothingNew: boolean;
  readonly secure: readonly string[];
  /** Of seccomp. */
  readonly filters: number;
}

/** The kinds of namespaces, as the kernel lists them. */
export const nsKinds = ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'time', 'user', 'uts'] as const;
export type NSKind = (typeof nsKinds)[number];

/** The sets of capabilities, in the order in which they are told. */
export const capSets = ['permitted', 'effective', 'inheritable', 'bounding', 'ambient'] as const;
export type CapSet = (typeof capSets)[number];

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

/** A mount namespace or a network namespace. */
interface Space {
  /** Its number. */
  readonly key: string;
  /** Processes in it, and the first of them; 0 if only a file keeps it. */
  readonly members: number;
  readonly first: number;
  /** How much of it is not told. */
  readonly left: number;
}

export const changeKinds = ['new', 'copied', 'hidden', 'opaque'] as const;

export interface Layers {
  /** Empty if nothing can be changed. */
  readonly upper: string;
  readonly lowers: readonly string[];
  readonly changes: readonly { readonly path: string; readonly how: (typeof changeKinds)[number] }[];
  readonly more: number;
}

export interface MountItem {
  readonly id: number;
  /** Of the mount it lies on; 0 if on none. */
  readonly on: number;
  readonly place: string;
  /** What of its file system is to be seen. */
  readonly part: string;
  readonly type: string;
  readonly source: string;
  readonly options: string;
  readonly propagation: string;
  readonly layers: Layers | undefined;
}

export interface MountsItem extends Space {
  readonly mounts: readonly MountItem[];
}

export interface LinkItem {
  readonly name: string;
  readonly kind: string;
  readonly tone: Tone;
  readonly up: boolean;
  readonly carrier: boolean;
  readonly mtu: number;
  readonly master: string;
  /** The other end of its cable and the key of the namespace that is in; empty if there is none. */
  readonly peer: string;
  readonly peerIn: string;
  readonly addresses: readonly string[];
}

export interface NetworkItem extends Space {
  readonly name: string;
  readonly relays: boolean;
  readonly links: readonly LinkItem[];
  readonly routes: readonly string[];
}

/** Stands for those that are not shown, of many. */
export interface More {
  readonly key: 'more';
  readonly more: number;
}

export function isMore(item: object): item is More {
  return 'more' in item;
}
