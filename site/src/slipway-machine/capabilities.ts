/** What one process may do: a switch for each capability, its five sets, and what binds it further. */

import { html, nothing, type TemplateResult } from 'lit';
import { capSets, type ProcessItem } from '../machine.js';
import { capabilityNames, capabilityText } from '../messages/capabilities.js';
import { has, switching, switchingNothingNew, type Move } from './capability.js';
import { nameOf, type Sight } from './parts.js';

/** The number that stands for no_new_privs where a capability is pointed at. */
export const nothingNew = capabilityNames.length;

/** `over` is the capability that is pointed at, -1 for none. */
export function switches(s: Sight, over: number, point: (n: number) => void): TemplateResult {
  const { at: p, m } = s;
  if (!p) return html`<p class="hint">${m.choose}</p>`;
  const { live } = s.world;
  return html`<p class="hint">${m.setsHelp}</p>
    ${about(s, p, over)}
    <ul class="caps">${capabilityNames.map((name, n) => html`<li>
      ${toggle(s, has(p, 'effective', n), name, switching(p, n, s.all, live), () => point(n))}
      <span class="lamps" aria-hidden="true">${capSets.map((set) => html`<i class=${has(p, set, n) ? 'on' : ''} title=${m.sets[set]}>${set[0]?.toUpperCase()}</i>`)}</span>
    </li>`)}</ul>
    <ul class="caps bound"><li>${toggle(s, p.nothingNew, m.nothingNew, switchingNothingNew(p, s.all, live), () => point(nothingNew))}</li></ul>
    <p><b>${m.secure}</b> <span class="mono">${p.secure.join(' ') || m.noSecure}</span></p>
    ${p.filters > 0 ? html`<p>${m.filters(p.filters)}</p>` : nothing}`;
}

function toggle(s: Sight, on: boolean, name: string, move: Move, point: () => void): TemplateResult {
  const press = (): void => {
    point();
    if ('line' in move) s.type(move.line);
  };
  return html`<button type="button" class="switch" role="switch" aria-checked=${on} aria-disabled=${'not' in move} aria-describedby="about"
    @click=${press} @focus=${point} @pointerenter=${point}><i aria-hidden="true"></i><span class="mono">${name}</span></button>`;
}

/** What the switch that is pointed at is for, and what it would type. */
function about(s: Sight, p: ProcessItem, over: number): TemplateResult {
  const { m, t } = s;
  if (over < 0) return html`<p class="about" id="about">${m.switchHelp}</p>`;
  const own = over === nothingNew;
  const name = own ? m.nothingNew : (capabilityNames[over] ?? '');
  const move = own ? switchingNothingNew(p, s.all, s.world.live) : switching(p, over, s.all, s.world.live);
  return html`<p class="about" id="about"><b class="mono">${name}</b> ${own ? m.nothingNewHelp : capabilityText(t, over)}
    <span class="soft">${'line' in move ? m.willType(move.line) : m.cannot[move.not].replace('NAME', name)}</span></p>`;
}

export function capabilityTable(s: Sight): TemplateResult {
  const { at: p, m, t } = s;
  if (!p) return html`<p class="hint">${m.choose}</p>`;
  return html`<table>
    <caption class="sr">${m.viewNames.capabilities}: ${nameOf(p)}</caption>
    <thead><tr><th scope="col">${m.capability}</th>${capSets.map((set) => html`<th scope="col">${m.sets[set]}</th>`)}<th scope="col">${m.purpose}</th></tr></thead>
    <tbody>${capabilityNames.map((name, n) => html`<tr><th scope="row" class="mono">${name}</th>
      ${capSets.map((set) => html`<td>${has(p, set, n) ? t.yes : html`<span class="soft">${t.no}</span>`}</td>`)}<td>${capabilityText(t, n)}</td></tr>`)}
      <tr><th scope="row" class="mono">no_new_privs</th><td>${p.nothingNew ? t.yes : t.no}</td><td colspan="4"></td><td>${m.nothingNewHelp}</td></tr>
      <tr><th scope="row" class="mono">securebits</th><td class="mono" colspan="5">${p.secure.join(' ') || t.none}</td><td></td></tr></tbody>
  </table>`;
}
