/** What is on show: slots of nodes and pods, kept up by patches. Pure. */

import type { CgroupItem, More, MountsItem, NetworkItem, ProcessItem } from '../machine.js';
import type { Changes, GoalState, NodeItem, Patch, PodItem, ServiceItem, TrafficItem, WorldEvent } from '../model.js';

export type Slots<T> = readonly (T | undefined)[];

export interface World {
  readonly rev: number;
  readonly ms: number;
  readonly end: number;
  readonly clock: string;
  readonly live: boolean;
  readonly settled: boolean;
  readonly nodes: Slots<NodeItem>;
  readonly pods: Slots<PodItem>;
  readonly services: Slots<ServiceItem>;
  readonly traffic: Slots<TrafficItem>;
  /** Of a machine. */
  readonly processes: Slots<ProcessItem | More>;
  readonly cgroups: Slots<CgroupItem | More>;
  readonly mounts: Slots<MountsItem | More>;
  readonly networks: Slots<NetworkItem | More>;
  /** Oldest first; at most `eventLimit`. */
  readonly events: readonly WorldEvent[];
  readonly goals: readonly GoalState[];
}

const eventLimit = 500;

export const nothing: World = {
  rev: 0, ms: 0, end: 0, clock: '', live: true, settled: true, nodes: [], pods: [], services: [], traffic: [], processes: [], cgroups: [], mounts: [], networks: [],
  events: [], goals: [],
};

/** The world after a patch. Slots that did not change keep their very items. */
export function apply(world: World, patch: Patch): World {
  const events = patch.full ? patch.events : [...world.events, ...patch.events];
  return {
    rev: patch.rev,
    ms: patch.ms,
    end: patch.end,
    clock: patch.clock,
    live: patch.live,
    settled: patch.settled,
    nodes: slots(patch.full ? [] : world.nodes, patch.nodes),
    pods: slots(patch.full ? [] : world.pods, patch.pods),
    services: slots(patch.full ? [] : world.services, patch.services),
    traffic: slots(patch.full ? [] : world.traffic, patch.traffic),
    processes: slots(patch.full ? [] : world.processes, patch.processes),
    cgroups: slots(patch.full ? [] : world.cgroups, patch.cgroups),
    mounts: slots(patch.full ? [] : world.mounts, patch.mounts),
    networks: slots(patch.full ? [] : world.networks, patch.networks),
    events: events.slice(-eventLimit),
    goals: patch.goals.length === 0 || same(world.goals, patch.goals) ? world.goals : patch.goals,
  };
}

/** Goals come with every patch; what did not change keeps its identity, so that nothing is drawn for it. */
function same(a: readonly GoalState[], b: readonly GoalState[]): boolean {
  return a.length === b.length && a.every((g, i) => g.id === b[i]?.id && g.met === b[i]?.met);
}

function slots<T>(old: Slots<T>, changes: Changes<T>): Slots<T> {
  const { add, set, del } = changes;
  if (add.length === 0 && set.length === 0 && del.length === 0) return old;
  const next = [...old];
  // Deletions first: a patch that stands for several may free a slot and fill it again.
  for (const slot of del) next[slot] = undefined;
  for (const [slot, item] of [...add, ...set]) next[slot] = item;
  return next;
}

/** The filled slots, in order. */
export function filled<T>(slots: Slots<T>): readonly (readonly [slot: number, item: T])[] {
  return slots.flatMap((item, slot): (readonly [number, T])[] => (item === undefined ? [] : [[slot, item]]));
}
