// Without a network, with two tabs, and with an engine that does not answer.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { kept, log, pod, podSays, ready, type, useBrowser, visit, waitFor } from './support/page.mjs';
import { serve } from './support/serve.mjs';

const shared = useBrowser();

test('once loaded, every lesson works without a network, in both languages, with its session', async (t) => {
  const { page, context, complaints } = await visit(t, shared, { serviceWorkers: 'allow' });
  await ready(page);
  await type(page, 'kubectl run web --image=nginx');
  await podSays(page, 'web', /Running/);
  await kept(page);
  await page.evaluate(async () => (await navigator.serviceWorker.ready).active.state);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await context.setOffline(true);
  await page.reload();
  await ready(page);
  await podSays(page, 'web', /Running/);
  await type(page, 'kubectl get pods');
  assert.match(await log(page), /web +1\/1/);
  for (const path of ['/lessons/node/vi/', '/?all', '/embed/pod?lang=vi']) {
    await page.goto(shared.url + path);
    await page.locator('h1:visible').first().waitFor();
  }
  await ready(page);
  assert.deepEqual(complaints, []);
});

test('the page can be installed: manifest and icons are what they say', async (t) => {
  const { page } = await visit(t, shared, { path: '/theme.js' });
  const manifest = await (await page.request.get(`${shared.url}/slipway.webmanifest`)).json();
  assert.equal(manifest.start_url, '/');
  for (const { src, sizes, type: mime } of manifest.icons) {
    const response = await page.request.get(shared.url + src);
    assert.match(response.headers()['content-type'], new RegExp(mime.replace('+', '\\+')), src);
    if (mime !== 'image/png') continue;
    const body = await response.body();
    assert.equal(`${body.readUInt32BE(16)}x${body.readUInt32BE(20)}`, sizes);
  }
});

test('a newer version waits until the person wants it', async (t) => {
  // A server whose service worker changes, as it does with every build.
  let extra = '';
  const server = await serve(0, (path) => (path === '/sw.js' ? readFileSync(new URL('../dist/sw.js', import.meta.url), 'utf8') + extra : undefined));
  t.after(() => server.close());
  const { page } = await visit(t, { ...shared, browser: shared.browser, url: server.url }, { serviceWorkers: 'allow' });
  await ready(page);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  extra = '\n// newer';
  await page.reload();
  await page.getByText('A new version of this page is here').waitFor();
  await type(page, 'kubectl run web --image=nginx');
  await kept(page);
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Reload' }).click()]);
  await ready(page);
  await pod(page, 'web').waitFor();
  assert.equal(await page.getByText('A new version of this page is here').count(), 0);
});

test('of two tabs one keeps the session, the other says that it does not, and may take over', async (t) => {
  const { page: first, context } = await visit(t, shared);
  await ready(first);
  await type(first, 'kubectl run one --image=nginx');
  await kept(first);
  const second = await context.newPage();
  await second.goto(`${shared.url}/lessons/pod/en/`);
  await second.getByText('open in another tab').waitFor();
  await ready(second);
  await pod(second, 'one').waitFor();
  await type(second, 'kubectl run two --image=nginx');
  await second.getByRole('button', { name: 'Keep it here' }).click();
  await first.getByText('open in another tab').waitFor();
  await waitFor(second, async () => (await second.evaluate(() => localStorage.getItem('slipway:session:pod'))).includes('run two'), 'the second session kept');
  await first.close();
  await second.reload();
  await ready(second);
  await pod(second, 'two').waitFor();
  assert.equal(await second.getByText('open in another tab').count(), 0, 'a reload is not another tab');
});

test('an engine that does not answer is noticed, replaced, and the session restored', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await type(page, 'kubectl run web --image=nginx');
  await podSays(page, 'web', /Running/);
  await kept(page);
  const [worker] = page.workers();
  // Busy for ever, as a bug in a loop would be.
  worker.evaluate(() => {
    for (;;);
  }).catch(() => undefined);
  await page.getByText('did not answer for some seconds and was started anew').first().waitFor({ timeout: 90_000 });
  await ready(page);
  await pod(page, 'web').waitFor();
  await type(page, 'kubectl get pods');
  assert.match(await log(page), /web +\d\/1/);
});

test('corrupt progress is put aside and stops nothing', async (t) => {
  const { page } = await visit(t, shared, { path: '/theme.js' });
  await page.evaluate(() => localStorage.setItem('slipway:progress', '{"version":1,"lessons":{"pod":{"goals":[{}]}}}'));
  await page.goto(`${shared.url}/lessons/pod/en/`);
  await ready(page);
  await type(page, 'kubectl run web --image=nginx');
  await waitFor(page, async () => /"goals":\["ready"\]/.test((await page.evaluate(() => localStorage.getItem('slipway:progress'))) ?? ''), 'progress kept anew');
  assert.match(await page.evaluate(() => localStorage.getItem('slipway:progress:refused')), /\{\}/);
});

test('where nothing may be kept, the lesson, its questions and its list work all the same', async (t) => {
  const { context } = await visit(t, shared, { path: '/theme.js' });
  const page = await context.newPage();
  await page.addInitScript(() => Object.defineProperty(window, 'localStorage', { get: () => { throw new DOMException('no', 'SecurityError'); } }));
  await page.goto(`${shared.url}/lessons/pod/en/`);
  await ready(page);
  await page.locator('[data-choice] button').first().click();
  await page.getByText('All lessons').click();
  await page.getByRole('button', { name: 'Export progress' }).waitFor();
  await page.keyboard.press('Escape');
  await type(page, 'kubectl run web --image=nginx');
  await podSays(page, 'web', /Running/);
});
