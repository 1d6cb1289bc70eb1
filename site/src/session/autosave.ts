/** When to keep the session: once nothing moves, at the latest after a while, at once when asked. */

/** For how many milliseconds nothing must move before a change of each weight is kept, and how long it may wait for that. */
const waits = {
  soon: { still: 120, most: 1000 },
  sometime: { still: 3000, most: 10_000 },
};

export type Weight = 'now' | keyof typeof waits;

export class Autosave {
  readonly #save: (now: boolean) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #due = Infinity;
  /** What waits most urgently: for how long nothing must move, and until when it may wait. */
  #still = Infinity;
  #last = Infinity;

  constructor(save: (now: boolean) => void) {
    this.#save = save;
  }

  /** Asks for a save; one that is due earlier serves this too. */
  want(weight: Weight): void {
    if (weight === 'now') {
      this.stop();
      this.#save(true);
      return;
    }
    const now = performance.now();
    const { still, most } = waits[weight];
    this.#still = Math.min(this.#still, still);
    this.#last = Math.min(this.#last, now + most);
    const due = Math.min(now + still, this.#last);
    if (due < this.#due) this.#at(due);
  }

  /** Something moves: what waits for a save waits on, until nothing moves or it must not wait longer. */
  stir(): void {
    if (this.#timer !== undefined) this.#at(Math.min(performance.now() + this.#still, this.#last));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#due = this.#still = this.#last = Infinity;
  }

  #at(due: number): void {
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => {
      this.stop();
      this.#save(false);
    }, due - performance.now());
  }
}
