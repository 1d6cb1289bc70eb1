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
  await type(page, 'undo'); // ps changed nothing and goes with the line before
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

/** Presses Enter on a line that does not come to its end by itself. */
async function begin(page, line) {
  await page.locator('slipway-terminal textarea').focus();
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
}

async function says(page, pattern) {
  await waitFor(page, async () => pattern.test(await log(page)), `the terminal says ${pattern}`);
}

test('a program in the foreground reads what is typed until Ctrl-D, and Ctrl-C ends what does not end', async (t) => {
  const { page, complaints } = await visit(t, shared, { path });
  await ready(page);
  await begin(page, 'cat');
  await begin(page, 'twice');
  await says(page, /twice\ntwice/);
  await page.keyboard.press('Control+d');
  await ready(page);
  await begin(page, 'sleep 1000');
  await waitFor(page, async () => page.getByRole('button', { name: 'Stop (Ctrl+C)' }).isVisible(), 'sleep runs');
  await page.keyboard.press('Control+c');
  await ready(page);
  await begin(page, 'while true; do echo on; done');
  await says(page, /on\non\non/);
  await page.keyboard.press('Control+c');
  await ready(page);
  await type(page, 'echo still $((40 + 2))');
  await says(page, /still 42/);
  assert.deepEqual(complaints, []);
});

test('a fork bomb is answered by the kernel, and the shell lives on', async (t) => {
  const { page, complaints } = await visit(t, shared, { path: '/lessons/cgroups/en/' });
  await ready(page);
  await type(page, 'mkdir /sys/fs/cgroup/box; echo 20 > /sys/fs/cgroup/box/pids.max; echo $$ > /sys/fs/cgroup/box/cgroup.procs');
  await begin(page, 'b() { b | b & }; b');
  await says(page, /fork/);
  await page.keyboard.press('Control+c');
  await ready(page);
  // Ctrl-C is a step of its own, if it came while there was something to stop.
  for (let n = 0; n < 2 && !/undone: b\(\)/.test(await log(page)); n++) await type(page, 'undo');
  await says(page, /undone: b\(\)/);
  await type(page, 'cat /sys/fs/cgroup/box/pids.current');
  await says(page, /pids\.current\n2/);
  assert.deepEqual(complaints, []);
});

test('Tab completes commands and files, Up recalls, the history comes back with a reload', async (t) => {
  const { page } = await visit(t, shared, { path });
  await ready(page);
  const line = page.locator('slipway-terminal textarea');
  await line.focus();
  await page.keyboard.type('hostn');
  await page.keyboard.press('Tab');
  await waitFor(page, async () => (await line.inputValue()) === 'hostname ', 'the command is completed');
  await page.keyboard.type('box');
  await page.keyboard.press('Enter');
  await ready(page);
  await page.keyboard.type('cat /etc/pass');
  await page.keyboard.press('Tab');
  await waitFor(page, async () => (await line.inputValue()) === 'cat /etc/passwd ', 'the file is completed');
  await page.keyboard.press('Control+u');
  await kept(page);
  await page.reload();
  await ready(page);
  await line.focus();
  await page.keyboard.press('ArrowUp');
  assert.equal(await line.inputValue(), 'hostname box');
  assert.match(await page.locator('slipway-terminal form .prompt').innerText(), /^box:~#/);
});
