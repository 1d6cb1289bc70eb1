/** Which of several tabs with the same lesson keeps its session: one, and the others know that they do not. */

/** How long to wait for a tab that is just being closed, or for this very page before its reload. */
const grace = 1500;

export class Tab {
  readonly #name: string;
  readonly #lost: () => void;
  #release: (() => void) | undefined;

  /** `lost` is called when another tab has taken over. */
  constructor(lesson: string, lost: () => void) {
    this.#name = `slipway:${lesson}`;
    this.#lost = lost;
  }

  /** Becomes the tab that keeps; false if another one is. By force it takes over from it. */
  take(force: boolean): Promise<boolean> {
    // Without locks, which need a secure address, the last one to write wins, as in most pages.
    if (!('locks' in navigator)) return Promise.resolve(true);
    this.release();
    return new Promise((resolve) => {
      const hold = (): Promise<void> => {
        resolve(true);
        return new Promise((release) => (this.#release = release));
      };
      const options: LockOptions = force ? { steal: true } : { signal: AbortSignal.timeout(grace) };
      navigator.locks.request(this.#name, options, hold).catch(() => {
        if (this.#release) {
          this.#release = undefined;
          this.#lost();
        }
        resolve(false);
      });
    });
  }

  release(): void {
    this.#release?.();
    this.#release = undefined;
  }
}
