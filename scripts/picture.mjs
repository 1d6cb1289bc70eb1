// picture.mjs FILE makes the picture of the README: the lesson "A pod" as a visitor sees it once a pod runs.
// Refuses if the page complains, so that no picture shows an error.
//
//     scripts/with-play node scripts/picture.mjs docs/playground.png
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { podSays, ready, type } from '../site/e2e/support/page.mjs';

const require = createRequire(new URL('../site/package.json', import.meta.url));
const { chromium } = require('playwright-core');

const [file] = process.argv.slice(2);
assert.ok(file, 'usage: scripts/with-play node scripts/picture.mjs FILE');

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-US', colorScheme: 'light' });
  const complaints = [];
  page.on('pageerror', (err) => complaints.push(err.message));
  page.on('console', (m) => m.type() === 'error' && complaints.push(m.text()));
  await page.goto(new URL('lessons/pod/en/', process.env.SLIPWAY_URL).href);
  await ready(page);
  await type(page, 'kubectl run web --image=nginx');
  await podSays(page, 'web', /Running/);
  await type(page, 'kubectl get pods -o wide');
  await page.locator('slipway-views').getByRole('tab', { name: 'Why', exact: true }).click();
  await page.locator('slipway-why tbody tr').first().waitFor();
  const alerts = await page.locator('[role=alert]').allInnerTexts();
  assert.deepEqual([...complaints, ...alerts.filter((text) => text.trim() !== '')], [], 'the page complains');
  await page.screenshot({ path: file });
} finally {
  await browser.close();
}
