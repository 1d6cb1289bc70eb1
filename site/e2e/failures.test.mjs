// What goes wrong: a crash, a corrupt log, a missing engine, full storage.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kept, log, pod, podSays, ready, type, useBrowser, visit, waitFor } from './support/page.mjs';

const shared = useBrowser();

/** Makes the worker fail as a bug in it would: by an error nobody catches. */
async function crash(page) {
  const [worker] = page.workers();
  assert.ok(worker, 'there is no worker to crash');
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error('crashed by the test');
    });
  });
}

test('a crash of the worker is told, and the session comes back from its log', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await type(page, 'kubectl run web --image=nginx');
  await podSays(page, 'web', /Running/);
  await kept(page);
  const before = await log(page);
  await crash(page);
  await page.getByText('your session is back as it was').first().waitFor();
  await ready(page);
  await pod(page, 'web').waitFor();
  assert.equal(await log(page), before);
  await type(page, 'kubectl get pods');
  assert.match(await log(page), /web +\d\/1/);
});

test('crash upon crash ends in words and a button, not in a circle', async (t) => {
  const { page } = await visit(t, shared);
  for (let i = 0; i < 3; i++) {
    await ready(page);
    await crash(page);
    if (i < 2) await page.getByText('your session is back as it was').first().waitFor();
  }
  await page.getByText('The engine could not start').first().waitFor();
  await page.getByRole('button', { name: 'Try again' }).click();
  await ready(page);
});

test('a kept log that is corrupt is refused with the reason, put aside, and the lesson opens', async (t) => {
  // Planted from a page without a session: one that runs would soon keep its own log over it.
  const { page: fresh } = await visit(t, shared, { path: '/icon.svg' });
  await fresh.evaluate(() => localStorage.setItem('slipway:session:pod', JSON.stringify({ version: 1, log: 'not a log at all', transcript: [] })));
  await fresh.goto(`${shared.url}/lessons/pod/en/`);
  await fresh.getByText('That session cannot be opened:').first().waitFor();
  await ready(fresh);
  await type(fresh, 'kubectl get nodes');
  assert.match(await log(fresh), /node-1 +Ready/);
  assert.equal(await fresh.evaluate(() => localStorage.getItem('slipway:session:pod:refused')), 'not a log at all');
});

test('a file that is no session leaves the session at hand untouched; a saved one opens again', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await type(page, 'kubectl run web --image=nginx');
  await podSays(page, 'web', /Running/);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save to a file' }).click()]);
  const saved = await file.path();
  const open = async (what) => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Open a file' }).click()]);
    await chooser.setFiles(what);
  };
  await open({ name: 'x.slipway', mimeType: 'text/plain', buffer: Buffer.from('nonsense') });
  await page.getByText('That session cannot be opened:').first().waitFor();
  await podSays(page, 'web', /Running/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await waitFor(page, async () => (await pod(page, 'web').count()) === 0, 'the pod taken back');
  await open(saved);
  await page.getByText('The session from the file is open').first().waitFor();
  await pod(page, 'web').waitFor();
});

test('an engine that cannot be had is told, and the lesson still reads', async (t) => {
  const { context } = await visit(t, shared);
  const page = await context.newPage();
  await page.route('**/slipway.wasm', (route) => route.fulfill({ status: 503, body: '' }));
  await page.goto(`${shared.url}/lessons/pod/en/`);
  await page.getByText(/The engine could not start: .*503/).first().waitFor();
  assert.ok(await page.locator('.lesson h1').isVisible());
  await page.unroute('**/slipway.wasm');
  await page.getByRole('button', { name: 'Try again' }).click();
  await ready(page);
});

test('full storage is told once and stops nothing', async (t) => {
  const { context } = await visit(t, shared, { path: '' }); // one tab only: a second one does not keep
  const page = await context.newPage();
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await page.goto(`${shared.url}/lessons/pod/en/`);
  await ready(page);
  await type(page, 'kubectl run web --image=nginx');
  await page.getByText('no room to keep your session').first().waitFor();
  await podSays(page, 'web', /Running/);
});

test('a line is kept when nothing moves any more, and all at once when the page goes away', async (t) => {
  const { context } = await visit(t, shared, { path: '' });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.asked = [];
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...more) {
      const input = message.kind === 'send' ? JSON.parse(message.text) : {};
      if (input.op === 'save' || input.op === 'line') window.asked.push(input.op === 'line' ? 'line' : input.bit ? 'bit' : 'all');
      return post.call(this, message, ...more);
    };
  });
  await page.goto(`${shared.url}/lessons/pod/en/`);
  await ready(page);
  await type(page, 'kubectl get nodes');
  await kept(page);
  const first = await page.evaluate(() => window.asked);
  assert.ok(!first.includes('all'), `nobody waits for a save: ${first}`);
  await page.evaluate(() => (window.asked = []));
  // Out of sight before anything is due: all of it is asked for at once.
  await page.evaluate(() => {
    const terminal = document.querySelector('slipway-playground').shadowRoot.querySelector('slipway-terminal');
    terminal.fill('kubectl run web --image=nginx');
    terminal.shadowRoot.querySelector('textarea').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true }));
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await kept(page);
  const asked = await page.evaluate(() => window.asked);
  assert.deepEqual(asked.slice(asked.indexOf('line'), asked.indexOf('line') + 2), ['line', 'all']);
});

test('while a session is made again from its log, the page says so', async (t) => {
  const { page } = await visit(t, shared, { path: '' });
  await page.addInitScript(() => {
    window.told = [];
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...more) {
      const input = message.kind === 'send' ? JSON.parse(message.text) : {};
      const playground = document.querySelector('slipway-playground');
      const tell = () => window.told.push([input.op, playground.shadowRoot.querySelector('.loading')?.textContent.trim() ?? '']);
      if (input.op === 'load' || (input.op === 'open' && input.log)) void playground.updateComplete.then(tell);
      return post.call(this, message, ...more);
    };
  });
  await page.goto(`${shared.url}/lessons/pod/en/`);
  await ready(page);
  await type(page, 'kubectl run web --image=nginx');
  await kept(page);
  await page.reload();
  await ready(page);
  assert.deepEqual(await page.evaluate(() => window.told), [['open', 'Restoring your session']]);
  assert.match(await log(page), /pod\/web created/);
  const open = async (what) => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Open a file' }).click()]);
    await chooser.setFiles(what);
  };
  await open({ name: 'x.slipway', mimeType: 'text/plain', buffer: Buffer.from('nonsense') });
  await page.getByText('That session cannot be opened:').first().waitFor();
  await ready(page);
  assert.deepEqual((await page.evaluate(() => window.told)).at(-1), ['load', 'Restoring your session']);
  assert.equal(await page.locator('slipway-playground .loading').count(), 0, 'refused, the session at hand goes on');
  assert.match(await log(page), /pod\/web created/);
});
