/** What is to be seen of a machine: its views, one at a time. */

import { html, LitElement, type TemplateResult } from 'lit';
import { machineMessages } from '../messages/machine.js';
import { en } from '../messages/en.js';
import type { Messages } from '../messages/messages.js';
import { nothing as noWorld, type World } from '../session/world.js';
import { base } from '../theme/base.css.js';
import { styles } from './machine.css.js';
import { cgroupTable, processTable } from './tables.js';
import { moveTab, tabs, type Tab } from './tabs.js';

/** @summary Tabs over the views of a machine: its processes and its cgroups. */
export class SlipwayMachine extends LitElement {
  static override styles = [base, styles];
  static override properties = {
    world: { attribute: false },
    t: { attribute: false },
    tab: { state: true },
  };

  declare world: World;
  declare t: Messages;
  declare tab: Tab;

  constructor() {
    super();
    this.world = noWorld;
    this.t = en;
    this.tab = 'processes';
  }

  override render(): TemplateResult {
    const { tab } = this;
    const m = machineMessages(this.t);
    return html`<div class="tabs" role="tablist" aria-label=${m.views} @keydown=${this.#onKey}>
        ${tabs.map((name) => html`<button type="button" role="tab" id=${`tab-${name}`} aria-selected=${name === tab} aria-controls="panel"
          tabindex=${name === tab ? 0 : -1} @click=${() => (this.tab = name)}>${m.viewNames[name]}</button>`)}
      </div>
      <div class="panel" id="panel" role="tabpanel" tabindex="0" aria-labelledby=${`tab-${tab}`}>${this.#view(tab)}</div>`;
  }

  #view(tab: Tab): TemplateResult {
    const { world, t } = this;
    const m = machineMessages(t);
    switch (tab) {
      case 'processes':
        return processTable(world.processes, m, t);
      case 'cgroups':
        return cgroupTable(world.cgroups, m, t);
      default:
        return tab satisfies never;
    }
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const to = moveTab(this.tab, event.key);
    if (to === undefined) return;
    event.preventDefault();
    this.tab = to;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#tab-${to}`)?.focus());
  };
}
