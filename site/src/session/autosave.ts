/** When to keep the session: soon after a command, now and then while time passes, at once when asked. */

/** Milliseconds after which a change of each weight is kept. */
const delays = { now: 0, soon: 120, sometime: 1500 };

export class Autosave {
  readonly #save: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #due = Infinity;

  constructor(save: () => void) {
    this.#save = save;
  }

  /** Asks for a save within the delay; an earlier one under way serves this too. */
  want(weight: keyof typeof delays): void {
    const due = performance.now() + delays[weight];
    if (this.#timer !== undefined && this.#due <= due) return;
    this.stop();
    this.#due = due;
    this.#timer = setTimeout(() => {
      this.stop();
      this.#save();
    }, delays[weight]);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#due = Infinity;
  }
}
