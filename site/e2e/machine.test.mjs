// A lesson about a machine: the terminal is a shell on a model of Linux, in an engine of its own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kept, log, ready, type, useBrowser, visit, waitFor } from './support/page.mjs';

const shared = useBrowser();
const path = '/lessons/machine/en/';

test('the engine with a machine comes, a line reaches a goal, undo, redo and a reload keep it', async (t) => {
  const engines = [];
  const { page, complaints } = await visit(t, shared, { path: '' });
  page.on('request', (r) => r.url().endsWith('.wasm') && engines.push(new URL(r.url()).pathname));
  await page.goto(shared.url + path);
  await ready(page);
  assert.deepEqual(engines, ['/slipway-machine.wasm']);
  await type(page, 'unshare --pid --fork --mount-proc sh');
  await type(page, 'ps');
  assert.match(await log(page), /PID.*\n +1 root .*sh\n/);
  await waitFor(page, async () => (await page.locator('[data-goal][data-met="true"]').count()) > 0, 'a goal is met');
  const met = await page.locator('[data-goal][data-met="true"]').count();
  await type(page, 'undo');
  await type(page, 'undo');
  await waitFor(page, async () => (await page.locator('[data-goal][data-met="true"]').count()) === 0, 'no goal is met any more');
  await type(page, 'redo');
  await waitFor(page, async () => (await page.locator('[data-goal][data-met="true"]').count()) === met, 'met again');
  await kept(page);
  await page.reload();
  await ready(page);
  await waitFor(page, async () => (await page.locator('[data-goal][data-met="true"]').count()) === met, 'met after a reload');
  await type(page, 'echo $$');
  assert.match(await log(page), /echo \$\$\n1\n?/);
  assert.deepEqual(complaints, []);
});
