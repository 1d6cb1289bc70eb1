/** The lesson page's script: makes the elements known and lets the language change without a reload. */

import './theme/tokens.css';
import './theme/page.css';
import './slipway-playground/define.js';
import { choose } from './messages/messages.js';
import { keepLanguage } from './language.js';

/** The parts of the page that are written in its language, besides what elements draw themselves. */
const written = ['#chrome', 'slipway-lesson'];

async function switchTo(url: string): Promise<void> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: the server answered ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const selector of written) {
    const here = document.querySelector(selector);
    const there = page.querySelector(selector);
    if (!here || !there) throw new Error(`${url}: no ${selector}`);
    here.replaceChildren(...there.children);
  }
  const { lang } = page.documentElement;
  document.documentElement.lang = lang;
  document.title = page.title;
  document.querySelector('slipway-playground')?.setAttribute('lang', lang);
  history.replaceState(null, '', url);
  keepLanguage(choose([lang]));
  document.querySelector<HTMLElement>('nav [aria-current]')?.focus();
}

document.addEventListener('click', (event) => {
  if (!(event.target instanceof Element) || !(event instanceof MouseEvent)) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const skip = event.target.closest('[data-skip]');
  if (skip) {
    event.preventDefault();
    document.querySelector('slipway-playground')?.focusTerminal();
    return;
  }
  const link = event.target.closest<HTMLAnchorElement>('a[data-language]');
  if (!link) return;
  event.preventDefault();
  // What cannot be done in place is done the plain way: the session is kept across a reload.
  switchTo(link.href).catch(() => location.assign(link.href));
});

const wanted = new URLSearchParams(location.search).get('lang');
const here = choose([document.documentElement.lang]);
const there = wanted === null ? here : choose([wanted]);
if (there !== here) {
  const link = document.querySelector<HTMLAnchorElement>(`a[data-language="${there}"]`);
  if (link) location.replace(link.href);
}
keepLanguage(there);
