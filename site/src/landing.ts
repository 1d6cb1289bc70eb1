/** The front page's script: leads to the lesson a person was in, or the first, in their language; lists all with `?all`. */

import './theme/tokens.css';
import './theme/page.css';
import './slipway-contents/define.js';
import { keptLanguage, keptLesson } from './language.js';
import { choose } from './messages/messages.js';

const query = new URLSearchParams(location.search);
const language = choose([query.get('lang'), keptLanguage(), ...navigator.languages]);

for (const section of document.querySelectorAll<HTMLElement>('[data-language]')) {
  section.hidden = section.dataset['language'] !== language;
}
document.documentElement.lang = language;

const links = [...document.querySelectorAll<HTMLElement>(`[data-language="${language}"] [data-lesson]`)];
const last = links.find((l) => l.dataset['lesson'] === keptLesson()) ?? links[0];
const to = last?.querySelector('a')?.href;
if (to !== undefined && !query.has('all')) location.replace(to);
