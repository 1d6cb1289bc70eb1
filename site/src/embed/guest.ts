/** The lesson's side in a frame: tells the page around it how far it is, once that page has said hello. */

import { choose } from '../messages/messages.js';
import type { SlipwayPlayground } from '../slipway-playground/playground.js';
import { setTheme } from '../theme/theme.js';
import { envelope, fromHost, type FromLesson } from './protocol.js';

/** `changeLanguage` shows the page in another language. */
export function beGuest(playground: SlipwayPlayground, changeLanguage: (lang: string) => void): void {
  let host: string | undefined;
  let ready = false;
  let progress: Extract<FromLesson, { type: 'progress' }> | undefined;

  const say = (message: FromLesson): void => {
    if (host !== undefined) window.parent.postMessage(envelope(message), host);
  };
  const sayReady = (): void => say({ type: 'ready', lesson: playground.lesson, lang: choose([document.documentElement.lang]) });

  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (window.parent === window || event.source !== window.parent) return;
    const message = fromHost(event.data);
    switch (message?.type) {
      case 'hello':
        // A page from a file has no origin to be named; it is the very window that asked which gets the answer either way.
        host = event.origin === 'null' ? '*' : event.origin;
        if (ready) sayReady();
        if (progress) say(progress);
        return;
      case 'theme':
        setTheme(message.theme);
        return;
      case 'lang':
        changeLanguage(message.lang);
        return;
      case undefined:
        return;
      default:
        message satisfies never;
    }
  });
  playground.addEventListener('slipway-ready', () => {
    ready = true;
    sayReady();
  });
  playground.addEventListener('slipway-progress', (event) => {
    progress = { type: 'progress', ...event.detail };
    say(progress);
  });
  playground.addEventListener('slipway-goal', (event) => say({ type: 'goal', ...event.detail }));
}
