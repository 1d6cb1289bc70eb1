/** Gathers what happens within a moment into one sentence for screen readers. */

const moment = 600;
const most = 3;

export class Announcer {
  readonly #say: (text: string) => void;
  #texts: readonly string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  add(texts: readonly string[]): void {
    this.#texts = gather(this.#texts, texts);
    if (this.#texts.length === 0) return;
    this.#timer ??= setTimeout(() => this.#flush(), moment);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#texts = [];
  }

  #flush(): void {
    const text = this.#texts.join('. ');
    this.stop();
    this.#say(text);
  }
}

/** The last few texts, each once: what came later is what counts. */
export function gather(before: readonly string[], more: readonly string[]): readonly string[] {
  return [...new Set([...before, ...more].reverse())].slice(0, most).reverse();
}
