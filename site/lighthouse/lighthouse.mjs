// Lighthouse over the pages a visitor meets, in both languages: the median of five runs in each category, and what costs points.
// Fails if a category is below what is wanted. `make lighthouse` runs it.
//
//     scripts/with-play node site/lighthouse/lighthouse.mjs [RUNS] [PAGE...]
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const wanted = 95;
const [runs = '5', ...only] = process.argv.slice(2);
const pages = ['lessons/pod/en/', 'lessons/pod/vi/', '?all&lang=en', '?all&lang=vi', 'embed/pod/en/', 'embed/pod/vi/'];
const categories = ['performance', 'accessibility', 'best-practices', 'seo'];

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** A run; one whose trace the browser lost (Lighthouse then says "run again") is made once more, and once more. */
async function measure(url) {
  for (let more = 2; ; more--) {
    const lhr = await run(url);
    if (!lhr.runtimeError) return lhr;
    console.log(`  ${url}: ${lhr.runtimeError.message}`);
    if (more === 0) throw new Error(`${url}: three runs without a result`);
  }
}

/** One run in a browser of its own, so that nothing is kept from the run before. */
async function run(url) {
  const chrome = await launch({ chromePath: process.env.CHROMIUM, chromeFlags: ['--headless=new', '--no-sandbox', '--disable-dev-shm-usage'], logLevel: 'silent' });
  try {
    return (await lighthouse(url, { port: chrome.port, logLevel: 'silent', onlyCategories: categories })).lhr;
  } finally {
    chrome.kill();
  }
}

/** The audits of a category that cost it points, worst first. */
function lost(lhr, category) {
  return lhr.categories[category].auditRefs
    .map(({ id, weight }) => ({ id, cost: weight * (1 - (lhr.audits[id].score ?? 1)), text: lhr.audits[id].displayValue ?? '' }))
    .filter((a) => a.cost > 0)
    .sort((a, b) => b.cost - a.cost)
    .map((a) => `${a.id} ${a.text}`.trim());
}

let missed = 0;
for (const page of only.length > 0 ? only : pages) {
  const all = [];
  for (let i = 0; i < Number(runs); i++) all.push(await measure(new URL(page, process.env.SLIPWAY_URL).href));
  const scores = categories.map((c) => [c, Math.round(100 * median(all.map((lhr) => lhr.categories[c].score ?? 0)))]);
  console.log(`lighthouse /${page}: ${scores.map(([c, score]) => `${c} ${score}`).join(', ')} (median of ${runs}), wanted ${wanted}`);
  for (const [c, score] of scores) {
    if (score < wanted) missed++;
    const why = new Set(all.flatMap((lhr) => lost(lhr, c)));
    if (score < 100 && why.size > 0) console.log(`  ${c}: ${[...why].slice(0, 8).join('; ')}`);
  }
}
process.exitCode = missed > 0 ? 1 : 0;
