// A lesson about a machine is a page like any other: kept, shared, embedded, restored, offline, for everybody.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { axe } from './support/axe.mjs';
import { kept, log, ready, type, useBrowser, visit, waitFor } from './support/page.mjs';

const shared = useBrowser();
const path = '/lessons/machine/en/';
const start = 'unshare --pid --fork --mount-proc sleep 1000 &';

const met = (page) => page.locator('[data-goal][data-met="true"]').count();

async function started(page) {
  await ready(page);
  await type(page, start);
  await waitFor(page, async () => (await met(page)) === 2, 'two goals met');
}

async function copied(page) {
  await page.evaluate(() => (navigator.clipboard.writeText = async (text) => void (window.copied = text)));
  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.waitForFunction(() => window.copied !== undefined);
  return page.evaluate(() => window.copied);
}

async function openFile(page, what) {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Open a file' }).click()]);
  await chooser.setFiles(what);
}

test('a session goes into a file and a link and comes out of them; one of another engine is looked at', async (t) => {
  const { page } = await visit(t, shared, { path });
  await started(page);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save to a file' }).click()]);
  const saved = await file.path();
  const url = await copied(page);
  const { page: other, complaints } = await visit(t, shared, { path: '' });
  await other.goto(url);
  await ready(other);
  await waitFor(other, async () => (await met(other)) === 2, 'the goals of the link');
  await waitFor(other, async () => /lab:~# unshare --pid/.test(await log(other)), 'what was typed');
  await type(other, 'kill -9 $(pidof sleep)');
  await openFile(other, saved);
  await waitFor(other, async () => (await met(other)) === 2, 'the goals of the file');
  const older = JSON.stringify({ ...JSON.parse(readFileSync(saved, 'utf8')), engine: '0.0.9' });
  await openFile(other, { name: 'old.slipway.json', mimeType: 'application/json', buffer: Buffer.from(older) });
  await waitFor(other, async () => /This session cannot go on/.test(await log(other)), 'why it is only looked at');
  await type(other, 'ps');
  await waitFor(other, async () => /only looked at/.test(await log(other)), 'the refusal');
  assert.match(await other.locator('slipway-machine [role=tabpanel]').innerText(), /sleep 1000/);
  assert.deepEqual(complaints, []);
});

test('a crash of the worker is told, and the machine comes back from its log', async (t) => {
  const { page } = await visit(t, shared, { path });
  await started(page);
  await kept(page);
  const [worker] = page.workers();
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error('crashed by the test');
    });
  });
  await page.getByText('your session is back as it was').first().waitFor();
  await ready(page);
  await waitFor(page, async () => (await met(page)) === 2, 'the goals are met again');
  await type(page, 'pidof sleep');
  assert.match(await log(page), /pidof sleep\n\d+/);
});

test('the engine with a machine is kept from its first use on, and then works without a network', async (t) => {
  const { page, context, complaints } = await visit(t, shared, { path: '/lessons/pod/en/', serviceWorkers: 'allow' });
  const has = () => page.evaluate(async () => (await caches.match('/slipway-machine.wasm')) !== undefined);
  await ready(page);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  assert.equal(await has(), false, 'who opens no machine does not load it');
  await page.goto(shared.url + path);
  await started(page);
  await kept(page);
  await waitFor(page, has, 'the engine is kept');
  await context.setOffline(true);
  await page.reload();
  await ready(page);
  await waitFor(page, async () => (await met(page)) === 2, 'the session is back');
  await page.goto(`${shared.url}/lessons/cgroups/vi/`);
  await ready(page);
  await type(page, 'hostname');
  assert.match(await log(page), /hostname\nlab/);
  assert.deepEqual(complaints, []);
});

test('a machine in a frame is a machine', async (t) => {
  const { page, complaints } = await visit(t, shared, { path: '/embed/machine/vi/' });
  await started(page);
  assert.equal(await page.locator('.onward').count(), 0);
  assert.deepEqual(complaints, []);
});

for (const [what, options] of [['desktop', { colorScheme: 'light' }], ['desktop in the dark', { colorScheme: 'dark' }], ['phone', { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, colorScheme: 'dark' }]]) {
  test(`axe finds nothing on a ${what}, nothing is too wide or too small`, async (t) => {
    const { page } = await visit(t, shared, { path: '/lessons/cgroups/vi/', reducedMotion: 'reduce', ...options });
    await ready(page);
    await type(page, 'mkdir /sys/fs/cgroup/box; sleep 1000 &');
    await type(page, 'ls /nowhere');
    for (const details of await page.locator('.lesson details summary').all()) await details.click();
    const views = page.locator('slipway-machine [role=tab]');
    for (let i = 0; i < (await views.count()); i++) {
      await views.nth(i).click();
      await axe(page, `view ${i}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= page.viewportSize().width, `view ${i}: the page is ${wide} px wide`);
    }
    await page.locator('slipway-timeline input[type=range]').focus();
    await page.keyboard.press('Home');
    await page.locator('slipway-timeline .past').waitFor();
    await axe(page, 'past');
  });
}

test('everything can be done by keyboard alone', async (t) => {
  const { page } = await visit(t, shared, { path });
  await ready(page);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter'); // the skip link to the terminal
  await page.keyboard.type(start);
  await page.keyboard.press('Enter');
  await waitFor(page, async () => (await met(page)) === 2, 'two goals met');
  const tab = () => page.evaluate(() => document.querySelector('slipway-playground').shadowRoot.querySelector('slipway-stage').shadowRoot.querySelector('slipway-machine').shadowRoot.activeElement?.id ?? '');
  for (let i = 0; i < 30 && !(await tab()).startsWith('tab-'); i++) await page.keyboard.press('Shift+Tab');
  assert.equal(await tab(), 'tab-processes');
  await page.keyboard.press('ArrowRight');
  await waitFor(page, async () => (await tab()) === 'tab-cgroups', 'the next view');
  await page.keyboard.press('Home');
  assert.match(await page.locator('slipway-machine [role=tabpanel]').innerText(), /sleep 1000/);
});

test('the parts lead to each other', async (t) => {
  const { page } = await visit(t, shared, { path: '/lessons/by-hand/en/' });
  assert.match(await page.locator('.where').innerText(), /Part 1, lesson 6 of 6/);
  await page.getByRole('link', { name: /Next lesson/ }).click();
  await page.waitForURL(/\/lessons\/pod\/en\/$/);
  assert.match(await page.locator('.where').innerText(), /Part 2, lesson 1 of 6/);
  await ready(page);
  await page.getByText('All lessons').click();
  assert.deepEqual(await page.locator('slipway-contents h2').allInnerTexts(), ['Part one: what a container is', 'Part two: what an orchestrator does']);
  await page.keyboard.type('pivot_root');
  await waitFor(page, async () => (await page.locator('slipway-contents h2:visible').count()) === 1, 'one part');
});

// Measured for `make bench`, not judged here: a busy machine proves nothing.
test('the terminal of a machine is usable after a cold start', async (t) => {
  const times = [];
  for (let i = 0; i < 3; i++) {
    const { page } = await visit(t, shared, { path: '/404-warm-up' });
    const begin = Date.now();
    await page.goto(shared.url + path);
    await ready(page);
    times.push(Date.now() - begin);
    await page.context().close();
  }
  t.diagnostic(`terminal of a machine usable after ${times.join(', ')} ms`);
});
