/** The front page's script: leads to the lesson a person was in, or that to start with, in their language; lists all with `?all`. */

import './theme/tokens.css';
import './theme/page.css';
import './slipway-contents/define.js';
import { keptLesson } from './language.js';
import { choose } from './messages/messages.js';

const query = new URLSearchParams(location.search);
const language = choose([document.documentElement.dataset['shown']]); // as public/front-language.js chose

const links = [...document.querySelectorAll<HTMLElement>(`[data-language="${language}"] [data-lesson]`)];
const last = links.find((l) => l.dataset['lesson'] === keptLesson()) ?? links.find((l) => l.dataset['start'] !== undefined) ?? links[0];
const to = last?.querySelector('a')?.href;
if (to !== undefined && !query.has('all')) location.replace(to);
