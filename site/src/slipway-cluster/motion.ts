/** Pods glide to where they belong instead of jumping, unless the person asked for less motion. */

import { crowd } from './layout.js';

export type Places = ReadonlyMap<string, { readonly x: number; readonly y: number }>;

const glide: KeyframeAnimationOptions = { duration: 420, easing: 'cubic-bezier(.2,.7,.2,1)' };
const appear: KeyframeAnimationOptions = { duration: 260, easing: 'ease-out' };

export function still(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Starts the motion from the old places to the new ones. Elements carry their key in `data-key`. */
export function animate(root: ParentNode, before: Places, after: Places): void {
  // A crowd does not glide: hundreds of motions at once help nobody to see what moved, and cost frames.
  if (after.size > crowd || still()) return;
  for (const el of root.querySelectorAll<SVGGElement>('g[data-key]')) {
    const key = el.dataset['key'] ?? '';
    const to = after.get(key);
    const from = before.get(key);
    if (!to) continue;
    if (!from) el.animate([{ opacity: 0 }, { opacity: 1 }], appear);
    else if (from.x !== to.x || from.y !== to.y) el.animate([at(from), at(to)], glide);
  }
}

function at(p: { readonly x: number; readonly y: number }): Keyframe {
  return { transform: `translate(${p.x}px, ${p.y}px)` };
}
