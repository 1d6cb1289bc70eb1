/** The outlines that say a pod's state without colour. Pure. */

import type { Shape } from '../model.js';

/** An SVG path of a shape around (0, 0), about 2r wide. */
export function outline(shape: Shape, r: number): string {
  switch (shape) {
    case 'circle':
      return `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
    case 'square':
      return box(r * 0.88, r * 0.88);
    case 'triangle':
      return `M0 ${-r}L${r * 1.05} ${r * 0.82}H${-r * 1.05}z`;
    case 'diamond':
      return `M0 ${-r * 1.1}L${r * 1.1} 0L0 ${r * 1.1}L${-r * 1.1} 0z`;
    case 'dash':
      return box(r, r * 0.34);
    default:
      return shape satisfies never;
  }
}

function box(x: number, y: number): string {
  return `M${-x} ${-y}H${x}V${y}H${-x}z`;
}
