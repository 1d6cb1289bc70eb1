// The main job: a typed line becomes a pod, and every way back and forth from there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goalMet, kept, log, paste, pod, podSays, ready, saying, type, useBrowser, visit, waitFor } from './support/page.mjs';

const shared = useBrowser();
const manifest = `apiVersion: v1
kind: Pod
metadata:
  name: mine
spec:
  containers:
  - name: web
    image: nginx
`;

test('the lesson reads before the engine has come, and without scripts', async (t) => {
  const { context } = await visit(t, shared);
  const page = await context.newPage();
  let release = () => undefined;
  const held = new Promise((resolve) => (release = resolve));
  await page.route('**/slipway.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${shared.url}/lessons/pod/en/`);
  assert.ok(await page.locator('.lesson h1').isVisible());
  await page.locator('slipway-playground .loading progress').waitFor();
  assert.equal(await page.locator('slipway-terminal').evaluate((el) => el.ready), false);
  release();
  await ready(page);

  const plain = await visit(t, shared, { javaScriptEnabled: false });
  assert.ok(await plain.page.locator('.lesson h1').isVisible());
  assert.ok((await plain.page.locator('.goal-text').count()) > 0);
});

test('a line typed before the engine is there runs when it is', async (t) => {
  const { page } = await visit(t, shared);
  await page.locator('slipway-terminal textarea').focus();
  await page.keyboard.type('kubectl get nodes');
  await page.keyboard.press('Enter');
  await waitFor(page, async () => /node-1 +Ready/.test(await log(page)), 'the nodes');
});

test('kubectl run becomes a pod in the picture, in the table and in the goals', async (t) => {
  const { page, complaints } = await visit(t, shared);
  await ready(page);
  await goalMet(page, false);
  await type(page, 'kubectl run web --image=nginx');
  assert.match(await log(page), /pod\/web created/);
  await pod(page, 'web').waitFor();
  await podSays(page, 'web', /Running/);
  await goalMet(page);
  assert.equal(await page.locator('slipway-cluster .steps li.done').count(), 5);
  await type(page, 'kubectl get pods -o wide');
  assert.match(await log(page), /web +1\/1 +Running +0 .*10\.244\.\d+\.\d+ +node-\d/);
  await page.locator('slipway-cluster').getByRole('button', { name: 'Table' }).click();
  assert.match(await page.locator('slipway-cluster tbody').first().innerText(), /web\s+default\s+node-\d\s+Running\s+1\/1/);
  assert.deepEqual(complaints, []);
});

test('the solution types itself and reaches the goals', async (t) => {
  const { page } = await visit(t, shared, { reducedMotion: 'reduce' });
  await ready(page);
  for (const solution of await page.locator('details.solution').all()) {
    await ready(page);
    await solution.locator('summary').click();
    await solution.locator('[data-run]').click();
    const step = solution.locator('xpath=ancestor::section');
    await waitFor(page, async () => (await step.locator('[data-goal]:not([data-met="true"])').count()) === 0, 'the goals of the step');
  }
  await waitFor(page, async () => (await page.locator('[data-goal][data-met="false"]').count()) === 0, 'all goals');
  assert.match(await page.locator('slipway-lesson .progress').innerText(), /All goals/);
});

test('scrubbing shows the past without changing it, and Live comes back', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await type(page, 'kubectl run web --image=nginx');
  await podSays(page, 'web', /Running/);
  const scrub = page.locator('slipway-timeline input[type=range]');
  await scrub.focus();
  await page.keyboard.press('Home');
  await waitFor(page, async () => (await pod(page, 'web').count()) === 0, 'no pod in the beginning');
  assert.ok(await page.getByText('Looking at the past').isVisible());
  assert.match(await scrub.getAttribute('aria-valuetext'), /in the past/);
  await page.getByRole('button', { name: 'Live' }).click();
  await podSays(page, 'web', /Running/);
  await page.getByText('Looking at the past').waitFor({ state: 'detached' });
});

test('typing in the past starts a branch, and both branches can be had', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await type(page, 'kubectl run web --image=nginx');
  await podSays(page, 'web', /Running/);
  await page.locator('slipway-timeline input[type=range]').focus();
  await page.keyboard.press('Home');
  await page.getByText('Looking at the past').waitFor();
  await type(page, 'kubectl run other --image=nginx');
  await pod(page, 'other').waitFor();
  assert.equal(await pod(page, 'web').count(), 0);
  await page.getByRole('button', { name: /^Branches/ }).click();
  await page.getByRole('button', { name: /^Switch to the branch/ }).first().click();
  await pod(page, 'web').waitFor();
  assert.equal(await pod(page, 'other').count(), 0);
});

test('undo takes a command back, redo does it again, start over empties the world', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await type(page, 'kubectl run web --image=nginx');
  await pod(page, 'web').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await waitFor(page, async () => (await pod(page, 'web').count()) === 0, 'the pod taken back');
  assert.match(await log(page), /undone: kubectl run web/);
  await page.getByRole('button', { name: 'Redo' }).click();
  await pod(page, 'web').waitFor();
  await page.getByRole('button', { name: 'Start over' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start over' }).click();
  await waitFor(page, async () => (await pod(page, 'web').count()) === 0, 'an empty world');
});

test('paused, time stands; playing, it goes on', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await page.getByRole('button', { name: 'Pause time' }).click();
  await type(page, 'kubectl run web --image=nginx');
  await pod(page, 'web').waitFor();
  await page.waitForFunction(() => new Promise((resolve) => setTimeout(() => resolve(true), 1500)));
  assert.doesNotMatch(await saying(page, 'web'), /Running/);
  await page.getByRole('button', { name: 'Let time pass' }).click();
  await podSays(page, 'web', /Running/);
});

test('a reload finds the same world and the same terminal', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await type(page, 'kubectl run web --image=nginx');
  await podSays(page, 'web', /Running/);
  await type(page, 'kubectl get pods');
  await kept(page);
  const before = await log(page);
  await page.reload();
  await ready(page);
  await podSays(page, 'web', /web/);
  assert.equal(await log(page), before);
  await page.locator('slipway-terminal textarea').focus();
  await page.keyboard.press('ArrowUp');
  assert.equal(await page.locator('slipway-terminal textarea').inputValue(), 'kubectl get pods');
});

test('a pasted manifest becomes the person’s own pod', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await paste(page, manifest);
  assert.match(await page.locator('slipway-terminal .hint').innerText(), /8 lines/);
  await page.keyboard.press('Enter');
  await ready(page);
  assert.match(await log(page), /pod\/mine created/);
  await podSays(page, 'mine', /Running/);
});

test('so does a here-document', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await paste(page, `kubectl apply -f - <<'EOF'\n${manifest}EOF\n`);
  await page.keyboard.press('Enter');
  await ready(page);
  assert.match(await log(page), /pod\/mine created/);
});

test('bad YAML, an unknown field, kind and verb are told by name and place', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await paste(page, 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n name: x\n');
  await page.keyboard.press('Enter');
  await waitFor(page, async () => /yaml: line \d+: did not find expected key[^]*STDIN:\d+:\d+:/.test(await log(page)), 'line, column and what was wrong');
  await ready(page);
  await paste(page, manifest.replace('image: nginx', 'imgae: nginx'));
  await page.keyboard.press('Enter');
  await waitFor(page, async () => /unknown field "spec\.containers\[0\]\.imgae"/.test(await log(page)), 'the field by its path');
  await ready(page);
  await type(page, 'kubectl get pds');
  assert.match(await log(page), /the server doesn't have a resource type "pds"/);
  await type(page, 'kubectl gte pods');
  assert.match(await log(page), /unknown command "gte"/);
  assert.equal(await page.locator('slipway-cluster [role=gridcell]').count(), 0);
});

test('Tab completes, offers what there is, and lets the keyboard go on from an empty line', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  const line = page.locator('slipway-terminal textarea');
  await line.focus();
  await page.keyboard.type('kubectl descr');
  await page.keyboard.press('Tab');
  await waitFor(page, async () => /^kubectl describe ?$/.test(await line.inputValue()), 'the verb completed');
  await page.keyboard.type('node node-');
  await page.keyboard.press('Tab');
  await page.locator('slipway-terminal .offer button').nth(2).waitFor();
  await page.keyboard.press('Tab');
  assert.match(await line.inputValue(), /node-1$/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+u');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.querySelector('slipway-playground').shadowRoot.querySelector('slipway-terminal').shadowRoot.activeElement?.tagName), 'BUTTON');
});

test('a line of the lesson is put into the terminal by a click and runs by Enter', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  const line = page.locator('.type > div').first();
  const text = await line.locator('code').innerText();
  await line.getByRole('button').click();
  assert.equal(await page.locator('slipway-terminal textarea').inputValue(), text);
  await page.keyboard.press('Enter');
  await ready(page);
  assert.ok((await log(page)).includes(`$ ${text}`));
});
