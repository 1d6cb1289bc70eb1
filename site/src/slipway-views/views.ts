/** The cluster, and beside it one more view of the same world. */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { en } from '../messages/en.js';
import type { Messages } from '../messages/messages.js';
import type { Panels } from '../panels.js';
import type { Transcript } from '../session/transcript.js';
import { nothing as noWorld, type World } from '../session/world.js';
import type { Desk } from '../slipway-editor/desk.js';
import type { EditRequest } from '../slipway-editor/object.js';
import { base } from '../theme/base.css.js';
import { viewEvent } from './events.js';
import { follow, noChoice, type Choice } from './follow.js';
import { moveTab, tabs, type Beside, type Tab } from './tabs.js';
import { tabStyles } from './tabs.css.js';
import { styles } from './views.css.js';

/** The code of a view is loaded when it is shown first. */
const parts: Readonly<Record<Beside, () => Promise<unknown>>> = {
  labels: () => import('../slipway-labels/define.js'),
  rollout: () => import('../slipway-rollout/define.js'),
  why: () => import('../slipway-why/define.js'),
  events: () => import('../slipway-events/define.js'),
  inspector: () => import('../slipway-inspector/define.js'),
  editor: () => import('../slipway-editor/define.js'),
};

/** What the editor needs, beside words. */
export interface Work {
  readonly desk: Desk;
  readonly transcript: Transcript;
  readonly busy: boolean;
  readonly edit: EditRequest | undefined;
}

/**
 * @summary Tabs over the cluster: labels, rollout, why, events or one object beside it. Pointing at an object in one view
 * marks it in all of them.
 * @fires slipway-panels - other views are on show than before, or about something else
 */
export class SlipwayViews extends LitElement {
  static override styles = [base, tabStyles, styles];
  static override properties = {
    world: { attribute: false },
    panels: { attribute: false },
    work: { attribute: false },
    lesson: {},
    ready: { type: Boolean },
    t: { attribute: false },
    tab: { state: true },
    loaded: { state: true },
    marked: { state: true },
    selector: { state: true },
    choice: { state: true },
  };

  declare world: World;
  declare panels: Panels;
  declare work: Work | undefined;
  /** The lesson's name. */
  declare lesson: string;
  declare ready: boolean;
  declare t: Messages;
  declare tab: Tab;
  /** Views whose code has come, or could not. */
  declare loaded: ReadonlyMap<Beside, boolean>;
  declare marked: string;
  declare selector: string;
  declare choice: Choice;

  #asked = '';

  constructor() {
    super();
    this.world = noWorld;
    this.panels = {};
    this.work = undefined;
    this.lesson = '';
    this.ready = false;
    this.t = en;
    this.tab = 'cluster';
    this.loaded = new Map();
    this.marked = '';
    this.selector = '';
    this.choice = noChoice;
    this.addEventListener('slipway-mark', (e) => (this.marked = e.detail.key));
    this.addEventListener('slipway-choose', (e) => (this.choice = { key: e.detail.key, byHand: true }));
    this.addEventListener('slipway-selector', (e) => (this.selector = e.detail.text));
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (this.work?.edit && this.work.edit !== changed.get('work')?.edit && changed.has('work')) this.#show('editor');
    if (changed.has('world')) this.choice = follow(this.choice, changed.get('world'), this.world);
  }

  override render(): TemplateResult {
    const { t, tab } = this;
    const beside = tab === 'cluster' ? undefined : tab;
    return html`<div class="tabs" role="tablist" aria-label=${t.views} @keydown=${this.#onKey}>
        ${tabs.map((name) => html`<button type="button" role="tab" id=${`tab-${name}`} aria-selected=${name === tab}
          aria-controls=${name === 'cluster' ? 'main' : 'panel'} tabindex=${name === tab ? 0 : -1}
          @click=${() => this.#show(name)}>${t.viewNames[name]}</button>`)}
      </div>
      <div class="split ${beside ? 'two' : ''}">
        <div class="main" id="main" role=${beside ? 'group' : 'tabpanel'} aria-labelledby="tab-cluster">
          <slipway-cluster .world=${this.world} .t=${t} .chosen=${this.choice.key} .marked=${this.marked} ?bare=${beside !== undefined}></slipway-cluster>
        </div>
        <div class="panel" id="panel" role="tabpanel" tabindex="0" aria-labelledby=${`tab-${tab}`} ?hidden=${!beside}>
          ${beside && beside !== 'editor' ? this.#beside(beside) : nothing}
          ${this.#editor(beside === 'editor')}
        </div>
      </div>`;
  }

  override updated(): void {
    const names = this.tab === 'cluster' || this.tab === 'editor' ? [] : [this.tab];
    const object = names.length === 0 ? '' : this.choice.key;
    const selector = this.tab === 'labels' ? this.selector : '';
    const open = this.tab !== 'cluster';
    const asked = JSON.stringify([names, object, selector, open]);
    if (asked === this.#asked || (this.#asked === '' && !open)) return;
    this.#asked = asked;
    this.dispatchEvent(viewEvent('slipway-panels', { names, object, selector, open }));
  }

  #waits(name: Beside): TemplateResult {
    return html`<p class="hint" role="status">${this.loaded.has(name) ? this.t.viewFailed : this.t.viewLoading}</p>`;
  }

  /** The editor, which stays as it is while something else is on show. */
  #editor(shown: boolean): TemplateResult | typeof nothing {
    const { work, t } = this;
    if (this.loaded.get('editor') !== true || !work) return shown ? this.#waits('editor') : nothing;
    return html`<slipway-editor ?hidden=${!shown} .desk=${work.desk} .lesson=${this.lesson} .transcript=${work.transcript}
      .busy=${work.busy} .edit=${work.edit} .object=${this.choice.key} .ready=${this.ready} .t=${t}></slipway-editor>`;
  }

  #beside(name: Exclude<Beside, 'editor'>): TemplateResult {
    const { t, marked, panels } = this;
    const object = this.choice.key;
    if (this.loaded.get(name) !== true) return this.#waits(name);
    switch (name) {
      case 'labels':
        return html`<slipway-labels .panel=${panels.labels} .marked=${marked} .object=${object} .t=${t}></slipway-labels>`;
      case 'rollout':
        return html`<slipway-rollout .panel=${panels.rollout} .marked=${marked} .object=${object} .t=${t}></slipway-rollout>`;
      case 'why':
        return html`<slipway-why .panel=${panels.why} .marked=${marked} .object=${object} .t=${t}></slipway-why>`;
      case 'events':
        return html`<slipway-events .panel=${panels.events} .marked=${marked} .object=${object} .t=${t}></slipway-events>`;
      case 'inspector':
        return html`<slipway-inspector .panel=${panels.inspector} .marked=${marked} .object=${object} .t=${t}></slipway-inspector>`;
      default:
        return name satisfies never;
    }
  }

  #show(tab: Tab): void {
    this.tab = tab;
    this.marked = '';
    if (tab !== 'cluster' && this.loaded.get(tab) !== true) void this.#load(tab);
  }

  async #load(name: Beside): Promise<void> {
    let came = true;
    try {
      await parts[name]();
    } catch {
      came = false; // offline, most likely; the tab can be chosen again
    }
    this.loaded = new Map(this.loaded).set(name, came);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const to = moveTab(this.tab, event.key);
    if (to === undefined) return;
    event.preventDefault();
    this.#show(to);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#tab-${to}`)?.focus());
  };
}
