// How long a person waits in Chromium for what a command prints, at 1,000 pods; `make bench` prints it.
//
//     scripts/with-play node scripts/lines/page.mjs [RUNS]
//
// From Enter until the frame with the output is painted; the shortest of some runs, and the processor time that page and worker together
// took in it, since a machine that is busy with other things makes everything longer.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ready, type } from '../../site/e2e/support/page.mjs';

const { chromium } = createRequire(new URL('../../site/package.json', import.meta.url))('playwright-core');
const runs = Number(process.argv[2] ?? 7);
const wanted = 50;
const lines = ['get pods -o yaml', 'get pods -o json', 'describe pods', 'get pods -o wide', 'get events', 'get events -o yaml', 'get pods'];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage', '--renderer-process-limit=1'] });
const context = await browser.newContext({ viewport: { width: 1366, height: 820 } });
await context.route('**/scenario.json', async (route) => {
  const response = await route.fetch();
  await route.fulfill({ response, json: { ...(await response.json()), nodes: Array.from({ length: 20 }, () => ({})) } });
});
const page = await context.newPage();
page.setDefaultTimeout(120_000);
await page.goto(`${process.env.SLIPWAY_URL}lessons/pod/en/`);
await ready(page);
await page.locator('slipway-timeline select').selectOption('10');
await type(page, 'kubectl create deployment web --image=nginx --replicas=1000');
await page.waitForFunction(() => {
  const cluster = document.querySelector('slipway-playground').shadowRoot.querySelector('slipway-stage').shadowRoot.querySelector('slipway-views').shadowRoot.querySelector('slipway-cluster');
  const pods = cluster.world.pods.filter((p) => p !== undefined);
  return pods.length >= 1000 && pods.every((p) => p.tone === 'ok');
}, undefined, { polling: 500 });
await page.locator('slipway-timeline select').selectOption('1');
await page.waitForTimeout(3000);

/** Milliseconds of processor that the page's process took, all its threads together. */
async function processor() {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  let ns = 0;
  for (const { id } of processInfo.filter((p) => p.type === 'renderer')) {
    for (const task of readdirSync(`/proc/${id}/task`)) ns += Number(readFileSync(`/proc/${id}/task/${task}/schedstat`, 'utf8').split(' ')[0]);
  }
  return ns / 1e6;
}

/** In the page: runs a line and gives the milliseconds until its output is painted, and how long the text on show is. */
function run(line) {
  const terminal = document.querySelector('slipway-playground').shadowRoot.querySelector('slipway-terminal');
  const root = terminal.shadowRoot;
  terminal.fill(line);
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`${line}: nothing was printed in a minute`)), 60_000);
    requestAnimationFrame(() => setTimeout(() => {
      const before = root.querySelectorAll('li').length;
      const start = performance.now();
      const watch = new MutationObserver(() => {
        const said = root.querySelectorAll('li');
        if (terminal.busy || said.length < before + 2) return;
        watch.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve([performance.now() - start, said[said.length - 1].textContent.length, said[said.length - 1].textContent.slice(0, 200)])));
      });
      watch.observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
      root.querySelector('textarea').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true }));
    }));
  });
}

for (const line of lines) {
  let best = [Infinity, 0, 0];
  for (let i = 0; i < runs; i++) {
    await page.waitForTimeout(400);
    const before = await processor();
    const [ms, length, said] = await page.evaluate(run, `kubectl ${line}`);
    const used = (await processor()) - before;
    assert.ok(length > 1000, `${line} printed only ${length} characters: ${said}`);
    if (ms < best[0]) best = [ms, used, length];
  }
  console.log(`shown ${line}: after ${best[0].toFixed(0)} ms, ${best[1].toFixed(0)} ms of processor in page and worker; wanted ${wanted}: ${best[0] <= wanted ? 'reached' : 'MISSED'}`);
}
await browser.close();
