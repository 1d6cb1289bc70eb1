/** Processes as a tree, cut where it gets too much to draw. Pure. */

import type { ProcessItem } from '../machine.js';

export interface Branch {
  readonly item: ProcessItem;
  readonly kids: readonly Branch[];
}

export interface Forest {
  readonly roots: readonly Branch[];
  /** In the order in which they stand. */
  readonly order: readonly ProcessItem[];
}

/** The first processes, parents before children; who has no parent here stands alone. */
export function forest(all: readonly ProcessItem[], most: number): Forest {
  const here = new Set(all.map((p) => p.key));
  const kids = new Map<string, ProcessItem[]>();
  for (const p of all) {
    const up = here.has(p.parent) ? p.parent : '';
    const list = kids.get(up);
    if (list) list.push(p);
    else kids.set(up, [p]);
  }
  const order: ProcessItem[] = [];
  const grow = (parent: string): readonly Branch[] => {
    const branches: Branch[] = [];
    for (const item of kids.get(parent) ?? []) {
      if (order.length >= most) break;
      order.push(item);
      branches.push({ item, kids: grow(item.key) });
    }
    return branches;
  };
  return { roots: grow(''), order };
}
