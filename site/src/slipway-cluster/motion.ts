/** Pods glide to where they belong instead of jumping, unless the person asked for less motion. */

/** Where a pod is in the picture, and where the row is that it stands in. */
interface Place {
  readonly x: number;
  readonly y: number;
  readonly row: { readonly x: number; readonly y: number };
}

export type Places = ReadonlyMap<string, Place>;

const glide: KeyframeAnimationOptions = { duration: 420, easing: 'cubic-bezier(.2,.7,.2,1)' };
const appear: KeyframeAnimationOptions = { duration: 260, easing: 'ease-out' };

export function still(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Starts the motion from the old places to the new ones. Elements carry their key in `data-key`. */
export function animate(root: ParentNode, before: Places, after: Places): void {
  if (after.size === 0 || still()) return;
  for (const el of root.querySelectorAll<SVGGElement>('g[data-key]')) {
    const key = el.dataset['key'] ?? '';
    const to = after.get(key);
    const from = before.get(key);
    if (!to) continue;
    if (!from) el.animate([{ opacity: 0 }, { opacity: 1 }], appear);
    else if (from.x !== to.x || from.y !== to.y) el.animate([at(from, to), at(to, to)], glide);
  }
}

/** A place as it is seen from the row of another. */
function at(p: Place, { row }: Place): Keyframe {
  return { transform: `translate(${p.x - row.x}px, ${p.y - row.y}px)` };
}
