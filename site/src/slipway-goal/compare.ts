/**
 * What is different between the goal's picture and the world. Pure.
 *
 * Names that a person gave are compared by name. Of pods whose names were made up only the kind counts: what tells one
 * application and template from others, and how the pod is doing. Which node a pod runs on is never compared: where pods go is up
 * to the scheduler. The differences are for the eye: whether a goal is met is for the engine to say.
 */

import type { GoalPicture } from '../wire-goal.js';
import type { PodItem } from '../model.js';
import { filled, type Slots, type World } from '../session/world.js';

export type Kind = 'missing' | 'extra' | 'changed';

export interface Difference {
  readonly kind: Kind;
  /** What to call it: its name, or the given part of a made up one. */
  readonly name: string;
  /** How it is in the goal; empty for what is too much. */
  readonly wanted: string;
  /** How it is in the world; empty for what is missing. */
  readonly found: string;
  /** Keys in the goal's picture and in the world; empty if it is not there. */
  readonly goalKey: string;
  readonly key: string;
  /** Of a pod: those with the same are of one kind, whatever their names. */
  readonly sort?: string;
}

export function compare(goal: GoalPicture, world: World): readonly Difference[] {
  return [
    ...named(goal.world.nodes, world.nodes, (n) => n.state, ''),
    ...named(goal.world.services, world.services, (s) => s.state, 'service '),
    ...named(goal.world.traffic, world.traffic, () => '', 'traffic '),
    ...pods(goal, world),
  ];
}

interface Named {
  readonly key: string;
  readonly name: string;
}

function named<T extends Named>(goal: Slots<T>, world: Slots<T>, state: (item: T) => string, what: string): readonly Difference[] {
  const here = new Map(filled(world).map(([, item]) => [item.key, item]));
  const out: Difference[] = [];
  for (const [, item] of filled(goal)) {
    const other = here.get(item.key);
    here.delete(item.key);
    if (!other) out.push(missing(item, what + item.name, state(item)));
    else if (state(item) !== state(other)) out.push(changed(item, other, what + item.name, state(item), state(other)));
  }
  return [...out, ...[...here.values()].map((item) => extra(item, what + item.name, state(item)))];
}

function pods(goal: GoalPicture, world: World): readonly Difference[] {
  const here = new Here(filled(world.pods).map(([, pod]) => pod));
  const made = (pod: PodItem): boolean => goal.stems.has(pod.key);
  let wanted = filled(goal.world.pods).map(([, pod]) => pod);
  const pairs: (readonly [PodItem, PodItem])[] = [];
  // From the surest pair to the least: the same pod, one just like it, one of the same kind that is doing something else.
  for (const find of [
    (a: PodItem) => here.named(a, look(a)),
    (a: PodItem) => (made(a) ? here.like(look(a)) : undefined),
    (a: PodItem) => (made(a) ? undefined : here.named(a)),
    (a: PodItem) => (made(a) ? here.like(sort(a)) : undefined),
  ]) {
    wanted = wanted.filter((a) => {
      const b = find(a);
      if (b) pairs.push([a, b]);
      return !b;
    });
  }
  const name = (pod: PodItem): string => called(pod, goal.stems);
  return [
    ...wanted.map((pod) => missing(pod, name(pod), state(pod))),
    ...pairs.filter(([a, b]) => look(a) !== look(b)).map(([a, b]) => changed(a, b, name(a), state(a), state(b))),
    ...here.rest().map((pod) => ({ ...extra(pod, pod.name, state(pod)), sort: pod.group === '' ? '' : sort(pod) })),
  ];
}

/** The world's pods that stand for none of the goal's yet: each is given away once. There may be hundreds, at every frame. */
class Here {
  readonly #left: Map<string, PodItem>;
  readonly #alike = new Map<string, PodItem[]>();

  constructor(pods: readonly PodItem[]) {
    this.#left = new Map(pods.map((pod) => [pod.key, pod]));
    for (const pod of pods) {
      for (const likeness of [look(pod), sort(pod)]) {
        const list = this.#alike.get(likeness);
        if (list) list.push(pod);
        else this.#alike.set(likeness, [pod]);
      }
    }
  }

  /** The one of this name, if it looks so. */
  named({ key }: PodItem, looks?: string): PodItem | undefined {
    const pod = this.#left.get(key);
    return pod && (looks === undefined || look(pod) === looks) ? this.#give(pod) : undefined;
  }

  /** The first that looks so, or is of this sort. */
  like(likeness: string): PodItem | undefined {
    return this.#give(this.#alike.get(likeness)?.find((pod) => this.#left.has(pod.key)));
  }

  rest(): readonly PodItem[] {
    return [...this.#left.values()];
  }

  #give(pod: PodItem | undefined): PodItem | undefined {
    if (pod) this.#left.delete(pod.key);
    return pod;
  }
}

/** A pod's name, or of a made up one the part that was given. */
export function called(pod: Named, stems: ReadonlyMap<string, string>): string {
  const stem = stems.get(pod.key);
  return stem === undefined ? pod.name : `${stem}…`;
}

/** Which pods it is one of. */
function sort(pod: PodItem): string {
  return `${pod.namespace} ${pod.group}`;
}

/** What can be seen of it, but for its name and place. */
function look(pod: PodItem): string {
  return `${sort(pod)}\n${state(pod)}`;
}

function state(pod: PodItem): string {
  return `${pod.state} ${pod.ready}`;
}

function missing(item: Named, name: string, wanted: string): Difference {
  return { kind: 'missing', name, wanted, found: '', goalKey: item.key, key: '' };
}

function changed(item: Named, other: Named, name: string, wanted: string, found: string): Difference {
  return { kind: 'changed', name, wanted, found, goalKey: item.key, key: other.key };
}

function extra(item: Named, name: string, found: string): Difference {
  return { kind: 'extra', name, wanted: '', found, goalKey: '', key: item.key };
}
