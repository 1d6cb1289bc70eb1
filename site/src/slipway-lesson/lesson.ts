/** A lesson's text, come alive: its goals turn green, its solution runs and is taken back, its questions answer. */

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { en } from '../messages/en.js';
import type { Messages } from '../messages/messages.js';
import type { GoalState, History } from '../model.js';
import { initial } from '../session/state.js';
import { base } from '../theme/base.css.js';
import { icon } from '../theme/icons.js';
import { lessonEvent } from './events.js';
import { progress } from './goals.js';
import { label, offer } from './offer.js';
import { styles } from './lesson.css.js';
import { enliven, show } from './predict.js';
import { isLast } from './solution.js';
import { reading, stepsOf, type StepMark } from './steps.js';

/**
 * @summary Wraps the lesson's article, which is plain HTML in the page and readable before this element exists.
 * @slot - the article, as `lesson/markup.ts` writes it
 * @fires slipway-run - the solution is to be typed; `detail.lines`
 * @fires slipway-take-back - that many lines are to be taken back; `detail.count`
 * @fires slipway-fill - `detail.text` is to be put into the terminal's line
 * @fires slipway-jump - the cluster is to be on show, on a screen that shows one at a time
 * @fires slipway-answer - the choice `detail.choice` was made in step `detail.step`; `detail.right` tells whether it is right
 */
export class SlipwayLesson extends LitElement {
  static override styles = [base, styles];
  static override properties = {
    goals: { attribute: false },
    history: { attribute: false },
    answers: { attribute: false },
    t: { attribute: false },
    ready: { type: Boolean },
    machine: { type: Boolean },
    at: { state: true },
    hintless: { state: true },
  };

  declare goals: readonly GoalState[];
  declare history: History;
  /** Choices made, by step. */
  declare answers: Readonly<Record<string, number>>;
  declare t: Messages;
  declare ready: boolean;
  /** It is about a machine, and not about a cluster. */
  declare machine: boolean;
  /** The step being read. */
  declare at: number;
  /** A hint was asked for where there is none left. */
  declare hintless: boolean;

  /** The step in which the person did something last. */
  #left = '';

  constructor() {
    super();
    this.goals = [];
    this.history = initial.history;
    this.answers = {};
    this.t = en;
    this.ready = false;
    this.machine = false;
    this.at = 0;
    this.hintless = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('click', this.#onClick);
    document.addEventListener('scroll', this.#onScroll, { passive: true }); // on a phone the text scrolls with the page
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('click', this.#onClick);
    document.removeEventListener('scroll', this.#onScroll);
  }

  /** A goal in the lesson's words. */
  goalText(id: string): string {
    return this.#item(id)?.querySelector('.goal-text')?.textContent ?? id;
  }

  override render(): TemplateResult | typeof nothing {
    const { t } = this;
    const { met, of } = progress(this.#ids(), this.goals);
    const all = stepsOf(this, this.goals);
    const done = of > 0 && met === of;
    const next = this.querySelector<HTMLAnchorElement>('.onward a[rel="next"]');
    return html`${all.length === 0 ? nothing : html`<div class="progress">
        <span class="at">${t.stepOf(Math.min(this.at, all.length - 1) + 1, all.length)}</span>
        <ol aria-label=${t.stepsOfLesson}>${all.map((s, i) => this.#dot(s, i, all.length))}</ol>
        <span class="met ${done ? 'all' : ''}" role="status">${done ? t.allMet : this.hintless ? t.noMoreHints : t.goalsMet(met, of)}</span>
        ${done && next
          ? html`<a class="btn primary" href=${next.href}>${t.nextLesson}</a>`
          : html`<button type="button" class="btn" title=${t.nextHint} aria-label=${t.nextHint} @click=${this.#nextHint}>${icon('hint')}${t.hint}</button>`}
        <button type="button" class="btn jump" @click=${() => this.dispatchEvent(lessonEvent('slipway-jump', undefined))}>${icon('down')}${this.machine ? t.machine : t.cluster}</button>
      </div>`}
      <slot @slotchange=${() => this.requestUpdate()}></slot>`;
  }

  #dot(step: StepMark, i: number, of: number): TemplateResult {
    const { t } = this;
    const label = `${t.stepOf(i + 1, of)}: ${step.title}${step.done ? `, ${t.stepDoneMark}` : ''}`;
    return html`<li><button type="button" class="dot ${step.done ? 'done' : ''}" title=${label} aria-label=${label}
      aria-current=${i === this.at ? 'step' : nothing} @click=${() => this.#goTo(step.id)}>${step.done ? icon('check') : i + 1}</button></li>`;
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
    for (const button of this.querySelectorAll<HTMLButtonElement>('[data-unrun]')) {
      button.hidden = !isLast(linesOf(button), this.history);
    }
    for (const box of this.querySelectorAll<HTMLElement>('[data-predict]')) {
      enliven(box);
      show(box, this.answers[stepOf(box)], this.t);
    }
    for (const pre of this.querySelectorAll<HTMLElement>('pre.type')) offer(pre);
    for (const button of this.querySelectorAll<HTMLElement>('[data-fill]')) label(button, this.t);
  }

  readonly #onClick = (event: Event): void => {
    if (!(event.target instanceof Element)) return;
    const { target } = event;
    if (target.closest('[data-step]')) this.#left = stepOf(target);
    if (target.closest('[data-run]')) this.dispatchEvent(lessonEvent('slipway-run', { lines: linesOf(target) }));
    if (target.closest('[data-unrun]')) this.dispatchEvent(lessonEvent('slipway-take-back', { count: linesOf(target).length }));
    const item = target.closest('[data-choice] button')?.parentElement;
    const box = item?.closest<HTMLElement>('[data-predict]');
    if (item && box) this.#answer(box, [...box.querySelectorAll('[data-choice]')].indexOf(item));
    const code = target.closest('.type > div')?.querySelector('code');
    if (code) this.dispatchEvent(lessonEvent('slipway-fill', { text: code.textContent?.trimEnd() ?? '' }));
  };

  #answer(box: HTMLElement, choice: number): void {
    const step = stepOf(box);
    if (this.answers[step] !== undefined) return; // the first guess is the one that counts
    this.answers = { ...this.answers, [step]: choice };
    box.querySelector('details')?.setAttribute('open', '');
    this.dispatchEvent(lessonEvent('slipway-answer', { step, choice, right: choice === Number(box.dataset['predict']) }));
  }

  /** Opens the next hint between the step being read and the one to do. */
  readonly #nextHint = (): void => {
    const sections = [...this.querySelectorAll<HTMLElement>('[data-step]')];
    const todo = stepsOf(this, this.goals).findIndex((s) => s.goals > 0 && !s.done);
    const near = sections.slice(this.at, Math.max(this.at, todo) + 1);
    const hint = near.flatMap((s) => [...s.querySelectorAll<HTMLDetailsElement>('details.hint')]).find((h) => !h.open);
    this.hintless = hint === undefined;
    if (!hint) return;
    hint.open = true;
    hint.scrollIntoView({ block: 'center' });
    hint.querySelector('summary')?.focus();
  };

  #goTo(id: string): void {
    const section = this.querySelector<HTMLElement>(`[data-step="${CSS.escape(id)}"]`);
    section?.scrollIntoView({ block: 'start' });
    section?.focus({ preventScroll: true });
  }

  /** Back from the cluster, on a screen that shows one at a time: to where the person left, or the first step that is not done. */
  resume(): void {
    const all = stepsOf(this, this.goals);
    const to = all.find((s) => s.id === this.#left && !s.done) ?? all.find((s) => s.goals > 0 && !s.done) ?? all.at(-1);
    if (to) this.#goTo(to.id);
  }

  /** The text has been scrolled: looks which step is being read. */
  look(): void {
    const bar = this.renderRoot.querySelector('.progress')?.getBoundingClientRect().bottom ?? 0;
    const tops = [...this.querySelectorAll('[data-step]')].map((s) => s.getBoundingClientRect().top);
    const before = this.at;
    this.at = reading(tops, Math.max(bar + 120, innerHeight * 0.4));
    if (this.at !== before) this.hintless = false;
  }

  readonly #onScroll = (): void => this.look();

  #ids(): readonly string[] {
    return [...this.querySelectorAll<HTMLElement>('[data-goal]')].map((el) => el.dataset['goal'] ?? '');
  }

  #item(id: string): Element | null {
    return this.querySelector(`[data-goal="${CSS.escape(id)}"]`);
  }
}

/** The lines of the solution a button stands in. */
function linesOf(button: Element): readonly string[] {
  return [...(button.closest('details')?.querySelectorAll('[data-line]') ?? [])].map((c) => c.textContent ?? '');
}

function stepOf(el: Element): string {
  return el.closest<HTMLElement>('[data-step]')?.dataset['step'] ?? '';
}
