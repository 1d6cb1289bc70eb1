/** The front page's script: leads to the first lesson in the person's language, or lists all with `?all`. */

import './theme/tokens.css';
import './theme/page.css';
import { keptLanguage } from './language.js';
import { choose } from './messages/messages.js';

const query = new URLSearchParams(location.search);
const language = choose([query.get('lang'), keptLanguage(), ...navigator.languages]);

for (const section of document.querySelectorAll<HTMLElement>('[data-language]')) {
  section.hidden = section.dataset['language'] !== language;
}
document.documentElement.lang = language;

const first = document.querySelector<HTMLAnchorElement>(`[data-language="${language}"] a[data-first]`);
if (first && !query.has('all')) location.replace(first.href);
