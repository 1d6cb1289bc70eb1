/** The list of lessons, come alive: searched, with what is done, and with progress as a file. */

import { download, pick } from '../slipway-playground/files.js';
import { catalogues, choose, type Messages } from '../messages/messages.js';
import * as backup from '../session/backup.js';
import * as progress from '../session/progress.js';
import { browserBox } from '../session/store.js';
import { entries, search, type Entry, type Hit } from './search.js';

/**
 * @summary Wraps a plain list of links, which needs no script. No Lit: the front page has nothing else to load.
 * @attr lang - the language of the list
 */
export class SlipwayContents extends HTMLElement {
  #index: Promise<readonly Entry[]> | undefined;
  #input: HTMLInputElement | undefined;
  #status: HTMLElement | undefined;

  connectedCallback(): void {
    const list = this.querySelector('.parts');
    if (!list || this.#input) return;
    const t = this.#t();
    this.#input = Object.assign(document.createElement('input'), { type: 'search', placeholder: t.searchLessons });
    this.#input.setAttribute('aria-label', t.searchLessons);
    this.#status = element('p', { className: 'found', role: 'status' });
    this.#input.addEventListener('input', () => void this.#search());
    list.before(this.#input, this.#status);
    list.after(this.#tools(t));
    this.#mark();
    this.querySelector('details')?.addEventListener('toggle', () => {
      this.#mark();
      if (this.querySelector('details')?.open) this.#input?.focus();
    });
    this.addEventListener('keydown', this.#onKey);
    document.addEventListener('pointerdown', this.#onPointer);
  }

  disconnectedCallback(): void {
    this.removeEventListener('keydown', this.#onKey);
    document.removeEventListener('pointerdown', this.#onPointer);
  }

  #tools(t: Messages): HTMLElement {
    const box = element('div', { className: 'contents-tools' });
    const out = element('button', { type: 'button', textContent: t.exportProgress });
    const into = element('button', { type: 'button', textContent: t.importProgress });
    out.addEventListener('click', () => download('progress.slipway.json', backup.write(browserBox(), this.#names())));
    into.addEventListener('click', () => void this.#import());
    box.append(element('small', { textContent: t.progressKept }), out, into);
    return box;
  }

  async #import(): Promise<void> {
    const t = this.#t();
    try {
      const text = await pick('.json,application/json', backup.largest);
      if (text === undefined) return;
      const { lessons, sessions, full } = backup.restore(browserBox(), text, this.#names());
      this.#say(`${t.imported(lessons, sessions)}${full ? ` ${t.importFull}` : ''}`);
      this.#mark();
    } catch (err) {
      this.#say(t.importRefused(err instanceof Error ? err.message : String(err)));
    }
  }

  /** Writes beside each lesson how far it is. */
  #mark(): void {
    const t = this.#t();
    const all = progress.load(browserBox());
    for (const item of this.#items()) {
      const of = Number(item.dataset['goals']);
      const met = Math.min(of, all[item.dataset['lesson'] ?? '']?.goals.length ?? 0);
      const mark = item.querySelector('.mark') ?? item.querySelector('a')?.appendChild(element('span', { className: 'mark' }));
      if (!mark) continue;
      item.dataset['done'] = String(of > 0 && met >= of);
      mark.textContent = met === 0 ? '' : t.lessonProgress(met, of);
    }
  }

  async #search(): Promise<void> {
    const query = this.#input?.value ?? '';
    const all = await this.#load();
    if (query !== this.#input?.value) return; // typed on meanwhile
    const titles = new Map(this.#items().map((i) => [i.dataset['lesson'] ?? '', i.querySelector('a')?.textContent ?? '']));
    const hits = search(query, all, titles);
    for (const item of this.#items()) this.#show(item, hits.find((h) => h.name === item.dataset['lesson']));
    this.#say(query.trim() === '' ? '' : this.#t().found(hits.length));
  }

  #show(item: HTMLElement, hit: Hit | undefined): void {
    item.hidden = hit === undefined;
    item.querySelector('ul')?.remove();
    if (!hit || hit.steps.length === 0) return;
    const href = item.querySelector('a')?.href ?? '';
    const steps = element('ul', {});
    for (const s of hit.steps) {
      const line = element('li', {});
      line.append(element('a', { href: `${href}#step-${s.id}`, textContent: s.title }));
      steps.append(line);
    }
    item.append(steps);
  }

  /** The words of all lessons, fetched when they are first wanted. */
  #load(): Promise<readonly Entry[]> {
    this.#index ??= fetch(`/lessons/index.${choose([this.lang])}.json`).then(async (r) => entries(await r.json()));
    return this.#index.catch(() => {
      this.#index = undefined; // offline: titles are searched, and the rest when the network is back
      return this.#names().map((name) => ({ name, steps: [] }));
    });
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const details = this.querySelector('details');
    if (event.key !== 'Escape' || !details?.open) return;
    details.open = false;
    details.querySelector('summary')?.focus();
  };

  readonly #onPointer = (event: Event): void => {
    const details = this.querySelector('details');
    if (details?.open && event.target instanceof Node && !this.contains(event.target)) details.open = false;
  };

  #say(text: string): void {
    if (this.#status) this.#status.textContent = text;
  }

  #items(): readonly HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[data-lesson]')];
  }

  #names(): readonly string[] {
    return this.#items().map((i) => i.dataset['lesson'] ?? '');
  }

  #t(): Messages {
    return catalogues[choose([this.lang])];
  }
}

function element<K extends keyof HTMLElementTagNameMap>(name: K, properties: Partial<HTMLElementTagNameMap[K]>): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(name), properties);
}
