/** Notices an engine that does not answer: one that is busy for ever looks, from outside, like one that is dead. */

/** Milliseconds between two questions. */
const beat = 1000;

/** Seconds a single thing may take, unless somebody knows better. */
export const usual = 8;

/**
 * Asks for a sign of life every second. What counts is how often it asked in vain and not how late it is: a laptop that slept
 * for an hour has missed one answer, not an hour of them.
 */
export class Watchdog {
  patience = usual;

  readonly #ask: () => void;
  readonly #bark: (seconds: number) => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #asked = false;
  #missed = 0;

  constructor(ask: () => void, bark: (seconds: number) => void) {
    this.#ask = ask;
    this.#bark = bark;
  }

  start(): void {
    this.#timer ??= setInterval(() => this.beat(), beat);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** The answer came. */
  alive(): void {
    this.#asked = false;
    this.#missed = 0;
  }

  /** A second has passed. */
  beat(): void {
    if (!this.#asked) {
      this.#asked = true;
      this.#ask();
      return;
    }
    this.#missed++;
    if (this.#missed < this.patience) return;
    this.stop();
    this.#bark(this.#missed);
  }
}
