/** The lesson page's script: makes the elements known and lets the language and the colours change without a reload. */

import './theme/tokens.css';
import './theme/page.css';
import './slipway-contents/define.js';
import './slipway-playground/define.js';
import { beGuest } from './embed/guest.js';
import { keepLanguage, keepLesson } from './language.js';
import { catalogues, choose } from './messages/messages.js';
import { workOffline } from './offline/register.js';
import { following, keepTheme, setTheme, theme } from './theme/theme.js';

/** The parts of the page that are written in its language, besides what elements draw themselves. */
const written = ['#chrome', 'slipway-lesson'];

const embedded = document.body.classList.contains('embed');

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
  if (!embedded) keepLanguage(choose([lang]));
  showTheme();
}

/** The address of this page in another language, with whatever else was asked of it. */
function inLanguage(lang: string): string | undefined {
  const link = document.querySelector<HTMLAnchorElement>(`a[data-language="${lang}"]`);
  if (!link) return undefined;
  const url = new URL(link.href);
  const query = new URLSearchParams(location.search);
  query.delete('lang');
  url.search = query.toString();
  url.hash = location.hash;
  return url.href;
}

async function changeLanguage(lang: string): Promise<void> {
  const url = inLanguage(lang);
  if (url === undefined || document.documentElement.lang === lang) return;
  try {
    await switchTo(url);
  } catch {
    location.assign(url); // what cannot be done in place is done the plain way: the session is kept across a reload
  }
}

function showTheme(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-theme-button]');
  if (!button) return;
  const t = catalogues[choose([document.documentElement.lang])];
  button.hidden = false;
  button.textContent = { auto: '◐', light: '☀', dark: '☾' }[theme()];
  button.title = `${t.theme}: ${t.themes[theme()]}`;
  button.setAttribute('aria-label', button.title);
}

document.addEventListener('click', (event) => {
  if (!(event.target instanceof Element) || !(event instanceof MouseEvent)) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  if (event.target.closest('[data-skip]')) {
    event.preventDefault();
    document.querySelector('slipway-playground')?.focusTerminal();
    return;
  }
  if (event.target.closest('[data-theme-button]')) {
    setTheme(following(theme()));
    keepTheme(theme());
    showTheme();
    return;
  }
  const lang = event.target.closest<HTMLAnchorElement>('a[data-language]')?.dataset['language'];
  if (lang === undefined) return;
  event.preventDefault();
  void changeLanguage(lang).then(() => document.querySelector<HTMLElement>('nav [aria-current]')?.focus());
});

const wanted = new URLSearchParams(location.search).get('lang');
const here = choose([document.documentElement.lang]);
const there = wanted === null ? here : choose([wanted]);
const elsewhere = there === here ? undefined : inLanguage(there);
if (elsewhere !== undefined) location.replace(elsewhere);
showTheme();

const playground = document.querySelector('slipway-playground');
if (playground && embedded) {
  beGuest(playground, (lang) => void changeLanguage(lang));
} else if (playground) {
  keepLanguage(there);
  keepLesson(playground.lesson);
  // Once the terminal is there: what is kept for later must not delay what is wanted now.
  playground.addEventListener('slipway-ready', () => {
    workOffline(playground.engine, (load) => (playground.newVersion = load)).catch(() => undefined); // no room, or not allowed: the page works all the same
  }, { once: true });
}
