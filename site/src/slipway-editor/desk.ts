/** What the editor asks of the engine, and the answers it remembers: what a kind's fields are does not change. */

import type { Checked, Explained } from '../model.js';

export interface Desk {
  explain(kind: string, names: readonly string[]): Promise<Explained>;
  check(text: string): Promise<Checked>;
  diff(text: string): Promise<string>;
}

export class Schema {
  readonly #desk: () => Desk;
  readonly #known = new Map<string, Promise<Explained>>();

  constructor(desk: () => Desk) {
    this.#desk = desk;
  }

  /** A field of a kind and those below it; without a kind, the kinds there are. */
  field(kind: string, names: readonly string[]): Promise<Explained> {
    const key = JSON.stringify([kind, ...names]);
    const known = this.#known.get(key);
    if (known) return known;
    const asked = this.#ask(kind, names);
    this.#known.set(key, asked);
    asked.catch(() => this.#known.delete(key)); // the engine may come back
    return asked;
  }

  async #ask(kind: string, names: readonly string[]): Promise<Explained> {
    return this.#desk().explain(kind, names);
  }
}
