/** Buttons that break things, by typing what a person would type. */

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { en } from '../messages/en.js';
import type { Messages } from '../messages/messages.js';
import type { Completions } from '../model.js';
import { ownTask } from '../own-task.js';
import { base } from '../theme/base.css.js';
import { icon } from '../theme/icons.js';
import { actions, groups, lineOf, rates, type Action } from './actions.js';
import { styles } from './chaos.css.js';
import { typeEvent } from './events.js';

/**
 * @summary A palette of faults. What there is to be broken it asks the engine, by completion.
 * @fires slipway-type - `detail.line` is to be typed and run
 * @fires close - the palette is to be put away
 */
export class SlipwayChaos extends LitElement {
  static override styles = [base, styles];
  static override properties = {
    t: { attribute: false },
    ready: { type: Boolean },
    rev: { attribute: false },
    complete: { attribute: false },
    targets: { state: true },
    chosen: { state: true },
    rate: { state: true },
  };

  declare t: Messages;
  declare ready: boolean;
  /** The world's revision: when it changes, what there is to be broken may have. */
  declare rev: number;
  declare complete: ((text: string, cursor: number) => Promise<Completions>) | undefined;
  /** The targets there are, by what was completed. */
  declare targets: Readonly<Record<string, readonly string[]>>;
  /** The target chosen, by action. */
  declare chosen: Readonly<Record<string, string>>;
  /** Index in `rates`. */
  declare rate: number;

  #asking = false;

  constructor() {
    super();
    this.t = en;
    this.ready = false;
    this.rev = 0;
    this.complete = undefined;
    this.targets = {};
    this.chosen = {};
    this.rate = rates.indexOf(20);
  }

  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) await ownTask();
    await super.scheduleUpdate();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('rev') || changed.has('ready')) void this.#ask();
  }

  override render(): TemplateResult {
    const { t } = this;
    return html`<header><h2>${t.chaos}</h2><p>${t.chaosHelp}</p>
        <button type="button" class="btn icon" aria-label=${t.close} @click=${() => this.dispatchEvent(new Event('close'))}>${icon('close')}</button></header>
      <div class="groups">${groups.map((g) => html`<section aria-label=${t.chaosGroups[g]}><h3>${t.chaosGroups[g]}</h3>
        ${actions.filter((a) => a.group === g).map((a) => this.#row(a))}${g === 'traffic' ? this.#rateSlider() : nothing}</section>`)}
      </div>`;
  }

  #row(action: Action): TemplateResult {
    const names: Readonly<Record<string, string>> = this.t.chaosActions;
    const label = names[action.id] ?? action.id;
    const line = lineOf(action, this.#target(action), rates[this.rate] ?? 1);
    return html`<div class="row">
      <button type="button" class="btn" ?disabled=${!this.ready || line === undefined} title=${line ?? ''} aria-label=${line === undefined ? label : `${label}. ${this.t.chaosRun(line)}`}
        @click=${() => line !== undefined && this.dispatchEvent(typeEvent(line))}>${label}</button>
      ${action.targets === undefined ? nothing : this.#choice(action, label)}
    </div>`;
  }

  #choice(action: Action, label: string): TemplateResult {
    const list = this.#list(action);
    return html`<select aria-label=${this.t.chaosTarget(label)} ?disabled=${list.length === 0} .value=${this.#target(action)}
      @change=${(e: Event) => e.target instanceof HTMLSelectElement && (this.chosen = { ...this.chosen, [action.id]: e.target.value })}>
      ${list.length === 0 ? html`<option value="">${this.t.chaosNone}</option>` : list.map((name) => html`<option value=${name} ?selected=${name === this.#target(action)}>${name}</option>`)}
    </select>`;
  }

  #rateSlider(): TemplateResult {
    const n = rates[this.rate] ?? 1;
    return html`<label class="rate"><span>${this.t.rateLabel}</span>
      <input type="range" min="0" max=${rates.length - 1} .value=${String(this.rate)} aria-valuetext=${this.t.rate(n)}
        @input=${(e: Event) => e.target instanceof HTMLInputElement && (this.rate = e.target.valueAsNumber)}><span>${this.t.rate(n)}</span></label>`;
  }

  #list(action: Action): readonly string[] {
    return this.targets[action.targets ?? ''] ?? [];
  }

  #target(action: Action): string {
    const list = this.#list(action);
    const chosen = this.chosen[action.id];
    return chosen !== undefined && list.includes(chosen) ? chosen : (list[0] ?? '');
  }

  /** Asks what there is. One round at a time: a world that is rolling changes faster than that. */
  async #ask(): Promise<void> {
    if (this.#asking || !this.ready || !this.complete) return;
    this.#asking = true;
    const complete = this.complete;
    try {
      const texts = [...new Set(actions.flatMap((a) => a.targets ?? []))];
      const lists = await Promise.all(texts.map((text) => complete(text, text.length)));
      this.targets = Object.fromEntries(texts.map((text, i) => [text, (lists[i]?.items ?? []).map((item) => item.text)]));
    } catch {
      this.targets = {}; // the engine went away; it is asked again when it is back
    } finally {
      this.#asking = false;
    }
  }
}

