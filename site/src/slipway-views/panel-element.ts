/** What the elements that show one panel have in common. */

import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { en } from '../messages/en.js';
import type { Messages } from '../messages/messages.js';
import type { Panel } from '../panels.js';
import { base } from '../theme/base.css.js';
import { keyAt, viewEvent } from './events.js';
import { showMark } from './marks.js';
import { styles } from './panel.css.js';

/**
 * A view of one panel. What it draws of an object carries the object's key in `data-key`: pointing at it marks it in every
 * view, and a click on something that also has `data-choose` makes it the object on show.
 *
 * @fires slipway-mark - somebody points at the object `detail.key`; empty when no longer
 * @fires slipway-choose - the object `detail.key` is to be on show
 */
export abstract class PanelElement<P extends Panel> extends LitElement {
  static override styles = [base, styles];
  static override properties = {
    panel: { attribute: false },
    marked: { attribute: false },
    object: { attribute: false },
    t: { attribute: false },
  };

  /** What the engine says; undefined until it has said something. */
  declare panel: P | undefined;
  /** Key of the object somebody points at, in whatever view. */
  declare marked: string;
  /** Key of the object on show. */
  declare object: string;
  declare t: Messages;

  #shown = '';

  constructor() {
    super();
    this.panel = undefined;
    this.marked = '';
    this.object = '';
    this.t = en;
    this.addEventListener('pointerleave', () => this.#point(''));
    this.addEventListener('slipway-mark', (e) => (this.#shown = e.detail.key));
  }

  override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    root.addEventListener('pointerover', (e) => this.#point(keyAt(e) ?? ''));
    root.addEventListener('focusin', (e) => this.#point(keyAt(e) ?? ''));
    root.addEventListener('focusout', () => this.#point(''));
    root.addEventListener('click', (e) => {
      const { target } = e;
      const key = target instanceof Element && target.closest('[data-choose]') ? keyAt(e) : undefined;
      if (key) this.dispatchEvent(viewEvent('slipway-choose', { key }));
    });
    return root;
  }

  /** Being pointed at draws nothing anew. */
  override shouldUpdate(changed: PropertyValues): boolean {
    if (changed.size !== 1 || !changed.has('marked')) return true;
    this.#mark(String(changed.get('marked') ?? ''));
    return false;
  }

  override updated(changed: PropertyValues): void {
    this.#mark(String(changed.get('marked') ?? ''));
  }

  override render(): TemplateResult {
    return this.panel ? this.show(this.panel) : html`<p class="hint">${this.t.viewLoading}</p>`;
  }

  protected abstract show(panel: P): TemplateResult;

  #mark(before: string): void {
    showMark(this.renderRoot, before, this.marked);
  }

  #point(key: string): void {
    if (key === this.#shown) return;
    this.dispatchEvent(viewEvent('slipway-mark', { key }));
  }
}
