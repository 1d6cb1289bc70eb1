/** What is to be seen of a machine: the walls around one process, and below them one view at a time. */

import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { isMore } from '../machine.js';
import { en } from '../messages/en.js';
import { machineMessages } from '../messages/machine.js';
import type { Messages } from '../messages/messages.js';
import { filled, nothing as noWorld, type World } from '../session/world.js';
import { lessonEvent } from '../slipway-lesson/events.js';
import { tabStyles } from '../slipway-views/tabs.css.js';
import { moveAmong } from '../slipway-views/tabs.js';
import { toggle, type Look } from '../slipway-views/toggle.js';
import { base } from '../theme/base.css.js';
import { capabilityTable, switches } from './capabilities.js';
import { groupTree } from './cgroups.js';
import { chosen, told } from './choice.js';
import { styles } from './machine.css.js';
import { mountTable, mountTree } from './mounts.js';
import { networkPicture, networkTables } from './network.js';
import { rest, step, type Sight } from './parts.js';
import { styles as pictures } from './pictures.css.js';
import { move, tree } from './processes.js';
import { cgroupTable, processTable } from './tables.js';
import { tabs, type Tab } from './tabs.js';
import { forest, type Forest } from './tree.js';
import { walls } from './walls.js';

/**
 * @summary The walls around a process, and tabs over the views of a machine: processes, cgroups, capabilities, mounts, network; each as a
 * picture and as a table.
 * @fires slipway-run - a switch was used: its line is to be typed
 */
export class SlipwayMachine extends LitElement {
  static override styles = [base, tabStyles, styles, pictures];
  static override properties = {
    world: { attribute: false },
    t: { attribute: false },
    tab: { state: true },
    look: { state: true },
    key: { state: true },
    most: { state: true },
    over: { state: true },
    width: { state: true },
  };

  declare world: World;
  declare t: Messages;
  declare tab: Tab;
  declare look: Look;
  /** Of the process that a person chose; empty to follow the terminal. */
  declare key: string;
  /** How many things are drawn. */
  declare most: number;
  /** The capability that is pointed at; -1 for none. */
  declare over: number;
  declare width: number;

  #all: Sight['all'] = [];
  #forest: Forest = { roots: [], order: [] };
  readonly #resize = new ResizeObserver(() => this.#measure());

  constructor() {
    super();
    this.world = noWorld;
    this.t = en;
    this.tab = 'processes';
    this.look = 'picture';
    this.key = '';
    this.most = step;
    this.over = -1;
    this.width = 320;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const fresh = changed.get('world')?.processes !== this.world.processes && changed.has('world');
    if (fresh) this.#all = told(this.world.processes);
    if (fresh || changed.has('most')) this.#forest = forest(this.#all, this.most);
    if (changed.has('tab')) this.most = step;
  }

  override render(): TemplateResult {
    const { tab, t } = this;
    const m = machineMessages(t);
    const s = this.#sight();
    return html`<div class="tabs" role="tablist" aria-label=${m.views} @keydown=${this.#onKey}>
        ${tabs.map((name) => html`<button type="button" role="tab" id=${`tab-${name}`} aria-selected=${name === tab} aria-controls="panel"
          tabindex=${name === tab ? 0 : -1} @click=${() => (this.tab = name)}>${m.viewNames[name]}</button>`)}
      </div>
      <div class="panel" id="panel" role="tabpanel" tabindex="0" aria-labelledby=${`tab-${tab}`}>
        ${walls(s, this.key !== '' && s.at?.key === this.key, toggle(this.look, t, m.viewNames[tab], (look) => (this.look = look)))}
        <div class="view">${this.look === 'table' ? this.#table(tab, s) : this.#picture(tab, s)}</div>
      </div>`;
  }

  #sight(): Sight {
    const { world, t, most } = this;
    return {
      world, t, most, m: machineMessages(t), all: this.#all, at: chosen(this.#all, this.key),
      choose: (key) => (this.key = key), showMore: () => (this.most += step),
      type: (line) => this.dispatchEvent(lessonEvent('slipway-run', { lines: [line] })),
    };
  }

  #picture(tab: Tab, s: Sight): TemplateResult {
    switch (tab) {
      case 'processes':
        return html`<div @keydown=${this.#onTreeKey}>${tree(this.#forest, s)}</div>${rest(s, this.#all.length - this.#forest.order.length, this.#untold())}`;
      case 'cgroups':
        return groupTree(s);
      case 'capabilities':
        return switches(s, this.over, (n) => (this.over = n));
      case 'mounts':
        return mountTree(s);
      case 'network':
        return networkPicture(s, this.width);
      default:
        return tab satisfies never;
    }
  }

  #table(tab: Tab, s: Sight): TemplateResult {
    switch (tab) {
      case 'processes':
        return processTable(s, this.#untold());
      case 'cgroups':
        return cgroupTable(s);
      case 'capabilities':
        return capabilityTable(s);
      case 'mounts':
        return mountTable(s);
      case 'network':
        return networkTables(s);
      default:
        return tab satisfies never;
    }
  }

  #untold(): number {
    return filled(this.world.processes).map(([, item]) => item).find(isMore)?.more ?? 0;
  }

  #measure(): void {
    const width = Math.max(240, Math.floor(this.clientWidth - 32));
    if (width !== this.width) this.width = width;
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const to = moveAmong(tabs, this.tab, event.key);
    if (to === undefined) return;
    event.preventDefault();
    this.tab = to;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#tab-${to}`)?.focus());
  };

  /** Arrows go from process to process, and choose the one they come to. */
  readonly #onTreeKey = (event: KeyboardEvent): void => {
    const { target } = event;
    const at = target instanceof HTMLElement ? target.dataset['key'] : undefined;
    const to = at === undefined ? undefined : move(this.#forest.order, at, event.key);
    if (to === undefined) return;
    event.preventDefault();
    this.key = to;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`[role=treeitem][data-key="${CSS.escape(to)}"]`)?.focus());
  };
}
