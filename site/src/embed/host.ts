/**
 * `/embed.js`: one script tag in any page makes `<slipway-lesson lesson="pod">` a lesson in a frame.
 *
 *     <script src="https://…/embed.js" async></script>
 *     <slipway-lesson lesson="pod" lang="vi" theme="dark"></slipway-lesson>
 *
 * It stands alone: no library, nothing put outside its element, no style that the page's policy could forbid.
 */

import { address, envelope, fromLesson, type FromHost, type FromLesson } from './protocol.js';

const script = document.currentScript;
const home = new URL(script instanceof HTMLScriptElement ? script.src : location.href).origin;

interface EmbedEvents {
  'slipway-ready': CustomEvent<Extract<FromLesson, { type: 'ready' }>>;
  'slipway-progress': CustomEvent<Extract<FromLesson, { type: 'progress' }>>;
  'slipway-goal': CustomEvent<Extract<FromLesson, { type: 'goal' }>>;
}

/**
 * @summary A lesson in a frame. Its size is the page's affair: by default it is as wide as there is room and 640 px high.
 * @attr lesson - the lesson's name, such as `pod`
 * @attr lang - `en` or `vi`; English if there is none
 * @attr theme - `light`, `dark` or `auto`
 * @attr title - what the frame is called for screen readers
 * @fires slipway-ready - the terminal takes lines
 * @fires slipway-progress - `detail.met` of `detail.of` goals are met
 * @fires slipway-goal - the goal `detail.id` was just met; `detail.text` says it in the lesson's words
 * @csspart frame - the frame
 */
class SlipwayLessonFrame extends HTMLElement {
  static readonly observedAttributes = ['lesson', 'lang', 'theme', 'title'];

  readonly #frame = document.createElement('iframe');

  constructor() {
    super();
    const style = new CSSStyleSheet();
    style.replaceSync(':host{display:block;height:640px}:host([hidden]){display:none}iframe{display:block;width:100%;height:100%;border:0;border-radius:inherit}');
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [style];
    this.#frame.part.add('frame');
    this.#frame.loading = 'lazy';
    this.#frame.allow = 'clipboard-write; fullscreen';
    this.#frame.addEventListener('load', () => this.#say({ type: 'hello' }));
    root.append(this.#frame);
  }

  connectedCallback(): void {
    window.addEventListener('message', this.#onMessage);
    this.#point();
  }

  disconnectedCallback(): void {
    window.removeEventListener('message', this.#onMessage);
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now || !this.isConnected) return;
    if (name === 'theme' && (now === 'light' || now === 'dark' || now === 'auto')) this.#say({ type: 'theme', theme: now });
    else if (name === 'lang' && (now === 'en' || now === 'vi')) this.#say({ type: 'lang', lang: now });
    else this.#point();
  }

  #point(): void {
    const lesson = this.getAttribute('lesson') ?? '';
    const to = address(home, lesson, this.getAttribute('lang') ?? '', this.getAttribute('theme') ?? '');
    this.#frame.title = this.getAttribute('title') ?? `Slipway: ${lesson}`;
    if (to !== undefined && this.#frame.src !== to) this.#frame.src = to;
  }

  #say(message: FromHost): void {
    // To the lesson's own origin only: whatever else the frame may have been led to hears nothing.
    this.#frame.contentWindow?.postMessage(envelope(message), home);
  }

  readonly #onMessage = (event: MessageEvent<unknown>): void => {
    if (event.origin !== home || event.source !== this.#frame.contentWindow) return;
    const message = fromLesson(event.data);
    if (message) this.dispatchEvent(new CustomEvent(`slipway-${message.type}`, { detail: message, bubbles: true }));
  };
}

if (!customElements.get('slipway-lesson')) customElements.define('slipway-lesson', SlipwayLessonFrame);

export type { EmbedEvents, SlipwayLessonFrame };
