/** A lesson's text, come alive: its goals turn green, its solution runs. */

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { en } from '../messages/en.js';
import type { Messages } from '../messages/messages.js';
import type { GoalState } from '../model.js';
import { base } from '../theme/base.css.js';
import { lessonEvent } from './events.js';
import { progress } from './goals.js';
import { styles } from './lesson.css.js';

/**
 * @summary Wraps the lesson's article, which is plain HTML in the page and readable before this element exists.
 * @slot - the article, as `lesson/markup.ts` writes it
 * @fires slipway-run - the solution is to be typed; `detail.lines`
 * @fires slipway-fill - `detail.text` is to be put into the terminal's line
 */
export class SlipwayLesson extends LitElement {
  static override styles = [base, styles];
  static override properties = {
    goals: { attribute: false },
    t: { attribute: false },
    ready: { type: Boolean },
  };

  declare goals: readonly GoalState[];
  declare t: Messages;
  declare ready: boolean;

  constructor() {
    super();
    this.goals = [];
    this.t = en;
    this.ready = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('click', this.#onClick);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('click', this.#onClick);
  }

  /** A goal in the lesson's words. */
  goalText(id: string): string {
    return this.#item(id)?.querySelector('.goal-text')?.textContent ?? id;
  }

  override render(): TemplateResult {
    const { met, of } = progress(this.#ids(), this.goals);
    const text = of > 0 && met === of ? this.t.allMet : this.t.goalsMet(met, of);
    return html`${of === 0
        ? nothing
        : html`<div class="progress"><span class=${met === of ? 'all' : ''}>${text}</span>
          <svg aria-hidden="true"><rect class="track" width="100%" height="6" rx="3" /><rect class="part" width="${(met / of) * 100}%" height="6" rx="3" /></svg>
        </div>`}
      <slot @slotchange=${() => this.requestUpdate()}></slot>`;
  }

  override updated(): void {
    const met = new Map(this.goals.map((g) => [g.id, g.met]));
    for (const item of this.querySelectorAll<HTMLElement>('[data-goal]')) {
      const done = met.get(item.dataset['goal'] ?? '') ?? false;
      item.dataset['met'] = String(done);
      const state = item.querySelector('.goal-state');
      if (state) state.textContent = done ? this.t.goalMet : this.t.goalUnmet;
    }
    for (const button of this.querySelectorAll<HTMLButtonElement>('[data-run]')) button.hidden = false;
    for (const pre of this.querySelectorAll<HTMLElement>('pre.type')) this.#offer(pre);
    for (const button of this.querySelectorAll<HTMLElement>('[data-fill]')) this.#label(button);
  }

  /** Gives each line that is to be typed a button that puts it into the terminal. */
  #offer(pre: HTMLElement): void {
    const block = document.createElement('div');
    block.className = 'type';
    for (const code of pre.querySelectorAll<HTMLElement>('[data-line]')) {
      const line = document.createElement('div');
      const text = document.createElement('pre');
      text.tabIndex = 0;
      text.append(code);
      const button = document.createElement('button');
      button.type = 'button';
      button.dataset['fill'] = '';
      line.append(text, button);
      block.append(line);
    }
    pre.replaceWith(block);
  }

  #label(button: HTMLElement): void {
    const { tryIt } = this.t;
    const line = button.parentElement?.querySelector('code')?.textContent?.split('\n')[0] ?? '';
    button.textContent = tryIt;
    button.setAttribute('aria-label', `${tryIt}: ${line}`);
  }

  readonly #onClick = (event: Event): void => {
    if (!(event.target instanceof Element)) return;
    const run = event.target.closest('[data-run]')?.closest('details');
    if (run) this.dispatchEvent(lessonEvent('slipway-run', { lines: [...run.querySelectorAll('[data-line]')].map((c) => c.textContent ?? '') }));
    const code = event.target.closest('.type > div')?.querySelector('code');
    if (code) this.dispatchEvent(lessonEvent('slipway-fill', { text: code.textContent?.trimEnd() ?? '' }));
  };

  #ids(): readonly string[] {
    return [...this.querySelectorAll<HTMLElement>('[data-goal]')].map((el) => el.dataset['goal'] ?? '');
  }

  #item(id: string): Element | null {
    return this.querySelector(`[data-goal="${CSS.escape(id)}"]`);
  }
}
