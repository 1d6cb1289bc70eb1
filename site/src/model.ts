/** What the engine shows and says, as the page's types. Docs of the fields: `docs/wire.md`. */

import type { CgroupItem, More, MountsItem, NetworkItem, ProcessItem } from './machine.js';

/** How a thing is doing, as a colour and never as a colour alone. */
export const tones = ['ok', 'busy', 'warn', 'bad', 'idle'] as const;
export const shapes = ['circle', 'square', 'triangle', 'diamond', 'dash'] as const;
export type Tone = (typeof tones)[number];
export type Shape = (typeof shapes)[number];

export interface Bar {
  readonly label: string;
  readonly used: number;
  readonly of: number;
  readonly text: string;
}

export interface NodeItem {
  readonly key: string;
  readonly name: string;
  readonly tone: Tone;
  readonly state: string;
  readonly text: string;
  readonly bars: readonly Bar[];
}

export interface PodStep {
  readonly label: string;
  readonly done: boolean;
}

export interface PodItem {
  readonly key: string;
  readonly name: string;
  readonly namespace: string;
  /** Slot of its node; -1 while it has none. */
  readonly node: number;
  readonly tone: Tone;
  readonly shape: Shape;
  readonly state: string;
  readonly ready: string;
  readonly ip: string;
  readonly text: string;
  /** What tells the pods of one application and template from others; empty without labels. */
  readonly group: string;
  /** Number of the group, from 0; -1 without one. */
  readonly hue: number;
  readonly steps: readonly PodStep[];
}

export interface ServiceItem {
  readonly key: string;
  readonly name: string;
  readonly namespace: string;
  readonly tone: Tone;
  readonly state: string;
  readonly address: string;
  readonly text: string;
  /** Keys of the pods that get its requests. */
  readonly pods: readonly string[];
}

/** A stream of requests. */
export interface TrafficItem {
  readonly key: string;
  readonly name: string;
  readonly tone: Tone;
  readonly state: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** Keys; empty if there is none. */
  readonly service: string;
  readonly fromPod: string;
  readonly ended: number;
  readonly lost: number;
  /** Of the last second. */
  readonly lastEnded: number;
  readonly lastOk: number;
  /** Where they went in the last second; the key is empty for nowhere. */
  readonly pods: readonly { readonly key: string; readonly ended: number; readonly ok: number }[];
}

/** What changed in one kind, by slot. */
export interface Changes<T> {
  readonly add: readonly (readonly [slot: number, item: T])[];
  readonly set: readonly (readonly [slot: number, item: T])[];
  readonly del: readonly number[];
}

export interface WorldEvent {
  readonly ms: number;
  readonly actor: string;
  readonly reason: string;
  readonly object: string;
  readonly text: string;
  readonly tone: Tone;
}

export interface GoalState {
  readonly id: string;
  readonly met: boolean;
}

export interface HistoryEntry {
  readonly ms: number;
  readonly text: string;
  readonly rev: number;
}

export interface Branch {
  readonly index: number;
  readonly label: string;
  readonly current: boolean;
}

export interface Patch {
  readonly type: 'patch';
  readonly seq: number;
  readonly rev: number;
  /** The moment on show, in virtual milliseconds since the session's epoch. */
  readonly ms: number;
  /** The present; differs from `ms` while looking at the past. */
  readonly end: number;
  readonly clock: string;
  readonly live: boolean;
  /** Forget all slots first. */
  readonly full: boolean;
  readonly nodes: Changes<NodeItem>;
  readonly pods: Changes<PodItem>;
  readonly services: Changes<ServiceItem>;
  readonly traffic: Changes<TrafficItem>;
  /** Nothing, unless there is a machine. */
  readonly processes: Changes<ProcessItem | More>;
  readonly cgroups: Changes<CgroupItem | More>;
  readonly mounts: Changes<MountsItem | More>;
  readonly networks: Changes<NetworkItem | More>;
  readonly events: readonly WorldEvent[];
  readonly goals: readonly GoalState[];
  readonly settled: boolean;
}

export interface History {
  readonly type: 'history';
  readonly entries: readonly HistoryEntry[];
  readonly cursor: number;
  readonly undo: boolean;
  readonly redo: boolean;
  /** The line that undo would take back. */
  readonly undoes: string;
  readonly branches: readonly Branch[];
}

export interface Completion {
  readonly text: string;
  readonly hint: string;
}

export interface Completions {
  readonly type: 'completions';
  readonly id: number;
  /** Bytes of UTF-8 before the word being completed. */
  readonly from: number;
  readonly items: readonly Completion[];
}

/** A field of a kind, or a kind, as the schema knows it. */
export interface SchemaField {
  readonly name: string;
  /** As `kubectl explain` spells it; of a kind, its apiVersion. */
  readonly type: string;
  readonly text: string;
  readonly required: boolean;
  /** The only values it may have; empty if any may be. */
  readonly values: readonly string[];
}

export interface Explained {
  readonly type: 'explained';
  readonly id: number;
  readonly path: readonly string[];
  /** Undefined if there is no such field. */
  readonly field: SchemaField | undefined;
  /** Those below it. */
  readonly fields: readonly SchemaField[];
}

/** What apply would refuse, and where: lines and columns count characters from 1, 0 is not known. */
export interface Finding {
  readonly line: number;
  readonly column: number;
  readonly text: string;
  readonly hint: string;
}

export interface Checked {
  readonly type: 'checked';
  readonly id: number;
  readonly found: readonly Finding[];
}

export type ErrorCode = 'log' | 'scenario' | 'livelock' | 'bug' | 'wire';

export interface EngineError {
  readonly type: 'error';
  readonly id: number | undefined;
  readonly code: ErrorCode;
  readonly message: string;
}
