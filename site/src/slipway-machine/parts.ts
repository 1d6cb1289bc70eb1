/** What the views of a machine share. */

import { html, nothing, svg, type TemplateResult } from 'lit';
import type { ProcessItem } from '../machine.js';
import type { MachineMessages } from '../messages/machine.js';
import type { Messages } from '../messages/messages.js';
import type { Shape, Tone } from '../model.js';
import { outline } from '../slipway-cluster/shapes.js';
import type { World } from '../session/world.js';

/** What a view draws from. */
export interface Sight {
  readonly world: World;
  readonly all: readonly ProcessItem[];
  /** The process on show. */
  readonly at: ProcessItem | undefined;
  /** How many things of a kind are drawn at most. */
  readonly most: number;
  readonly t: Messages;
  readonly m: MachineMessages;
  readonly choose: (key: string) => void;
  readonly showMore: () => void;
  /** Types a line as a person would. */
  readonly type: (line: string) => void;
}

export function mark(tone: Tone, shape: Shape): TemplateResult {
  return html`<svg class="mark tone-${tone}" width="12" height="12" viewBox="-7 -7 14 14" aria-hidden="true">${svg`<path d=${outline(shape, 6)} />`}</svg>`;
}

/** Says how many are not drawn: of those that came a button brings more, of the others there is only the number. */
export function rest(s: Sight, hidden: number, untold: number): TemplateResult | typeof nothing {
  if (hidden + untold === 0) return nothing;
  return html`<p class="hint">${s.t.andMore(hidden + untold)}
    ${hidden > 0 ? html`<button type="button" class="btn" @click=${s.showMore}>${s.m.showMore(Math.min(hidden, step))}</button>` : nothing}</p>`;
}

/** How many more a button brings. */
export const step = 100;

export function nameOf(p: ProcessItem): string {
  return `${p.name} ${p.pid}`;
}
