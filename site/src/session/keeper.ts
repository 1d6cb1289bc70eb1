/** Keeps one lesson's session in the browser, if this page is the one to keep it. */

import type { GoalState } from '../model.js';
import { Autosave, type Weight } from './autosave.js';
import * as progress from './progress.js';
import type { Keeping } from './state.js';
import { find, keep, keyOf, type Box, type Saved } from './store.js';
import { Tab } from './tab.js';

export interface KeeperHooks {
  /** It is time to keep the session, `now` without regard for who waits: answer with `save`. */
  due(now: boolean): void;
  /** Whether this page keeps the session has changed. */
  changed(keeping: Keeping): void;
}

export class Keeper {
  readonly #box: Box;
  readonly #lesson: string;
  readonly #hooks: KeeperHooks;
  readonly #autosave: Autosave;
  readonly #tab: Tab;
  #keeping: Keeping = 'own';
  /** It is not known yet whether another tab keeps this lesson. */
  #asking = false;
  #reached = '';

  constructor(box: Box, lesson: string, hooks: KeeperHooks) {
    this.#box = box;
    this.#lesson = lesson;
    this.#hooks = hooks;
    this.#autosave = new Autosave((now) => hooks.due(now));
    this.#tab = new Tab(lesson, () => this.#become('elsewhere'));
  }

  found(): Saved | undefined {
    return find(this.#box, this.#lesson);
  }

  get keeping(): Keeping {
    return this.#keeping;
  }

  /** Another's session is on show: nothing of it is kept, until the person says so. */
  beGuest(): void {
    this.#become('guest');
  }

  /** Becomes the page that keeps this lesson's session; `force` takes it over from another tab. */
  async own(force = false): Promise<void> {
    this.#become('own');
    this.#asking = true;
    const mine = await this.#tab.take(force);
    this.#asking = false;
    if (this.#keeping === 'own' && !mine) this.#become('elsewhere');
    else this.want('soon');
  }

  want(weight: Weight): void {
    if (this.#keeping === 'own') this.#autosave.want(weight);
  }

  /** Something moves: a save waits, though not for ever. */
  stir(): void {
    this.#autosave.stir();
  }

  /** False if there was no room. */
  save(saved: Saved): boolean {
    return this.#keeping !== 'own' || this.#asking || keep(this.#box, this.#lesson, saved);
  }

  /** A log that cannot be opened is put aside, not thrown away. */
  putAside(log: string): void {
    try {
      this.#box.setItem(`${keyOf(this.#lesson)}:refused`, log);
    } catch {
      // No room to put it aside; the reason is on show either way.
    }
  }

  /** Notes goals that were reached, for good. */
  reached(goals: readonly GoalState[]): void {
    const ids = goals.filter((g) => g.met).map((g) => g.id);
    const text = ids.join();
    if (this.#keeping !== 'own' || ids.length === 0 || text === this.#reached) return;
    this.#reached = text;
    progress.add(this.#box, { [this.#lesson]: { goals: ids, answers: {} } });
  }

  answers(): Readonly<Record<string, number>> {
    return progress.load(this.#box)[this.#lesson]?.answers ?? {};
  }

  answered(step: string, choice: number): void {
    progress.add(this.#box, { [this.#lesson]: { goals: [], answers: { [step]: choice } } });
  }

  stop(): void {
    this.#autosave.stop();
    this.#tab.release();
  }

  #become(keeping: Keeping): void {
    if (keeping !== 'own') this.#autosave.stop();
    this.#keeping = keeping;
    this.#hooks.changed(keeping);
  }
}
