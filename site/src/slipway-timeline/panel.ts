/** What folds out under the bar: events and branches. */

import { html, type TemplateResult } from 'lit';
import type { Messages } from '../messages/messages.js';
import type { Branch, WorldEvent } from '../model.js';
import type { World } from '../session/world.js';
import { since } from './scale.js';

const glyphs = { ok: '✓', busy: '…', warn: '!', bad: '✕', idle: '·' };

/** Newest first, so that what just happened needs no scrolling. */
export function events(world: World, t: Messages, seek: (ms: number) => void): TemplateResult {
  if (world.events.length === 0) return html`<p>${t.noEvents}</p>`;
  return html`<ol>${[...world.events].reverse().map((e) => eventLine(e, world.ms, seek))}</ol>`;
}

function eventLine(e: WorldEvent, now: number, seek: (ms: number) => void): TemplateResult {
  return html`<li class="tone-${e.tone} ${e.ms > now ? 'future' : ''}">
    <button type="button" class="at" @click=${() => seek(e.ms)}>${since(e.ms)}</button>
    <span class="mark" aria-hidden="true">${glyphs[e.tone]}</span>
    <span class="reason">${e.reason}</span><span class="object">${e.object}</span>
    <span class="text">${e.text} <span class="actor">${e.actor}</span></span>
  </li>`;
}

export function branches(list: readonly Branch[], t: Messages, choose: (index: number) => void): TemplateResult {
  return html`<ol>${list.map((b) => html`<li class="branch">
    <button type="button" class="btn" aria-current=${b.current} ?disabled=${b.current} aria-label=${b.current ? `${b.label}, ${t.branchCurrent}` : t.branchSwitch(b.label)}
      @click=${() => choose(b.index)}>${b.label}${b.current ? html` · ${t.branchCurrent}` : ''}</button>
  </li>`)}</ol>`;
}
