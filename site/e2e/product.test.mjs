// What makes a lesson one that is finished: questions, hints, solutions taken back, progress, finding one's way, breaking things.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goalMet, kept, log, pod, podSays, ready, saying, type, useBrowser, visit, waitFor } from './support/page.mjs';

const shared = useBrowser();

test('a solution is typed, and taken back as a whole', async (t) => {
  const { page } = await visit(t, shared, { path: '/lessons/labels/en/', reducedMotion: 'reduce' });
  await ready(page);
  const step = page.locator('[data-step=service]');
  const solution = step.locator('details.solution');
  await solution.locator('summary').click();
  assert.equal(await solution.locator('[data-unrun]').isVisible(), false);
  await solution.locator('[data-run]').click();
  await solution.locator('[data-unrun]').waitFor();
  await ready(page);
  await waitFor(page, async () => (await page.locator('slipway-terminal li.command').count()) === (await solution.locator('[data-line]').count()), 'all lines typed');
  await solution.locator('[data-unrun]').click();
  await page.getByText('the solution was taken back').first().waitFor();
  await waitFor(page, async () => !(await page.getByRole('button', { name: 'Undo' }).isEnabled()), 'nothing left to undo');
  await type(page, 'kubectl get services');
  assert.doesNotMatch(await log(page), /\nshop /);
});

test('a question is answered once, says why, and is remembered', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  const box = page.locator('[data-step=mortal] [data-predict]');
  assert.equal(await box.locator('details').getAttribute('open'), null);
  await box.getByRole('button', { name: 'A new pod' }).click();
  await waitFor(page, async () => (await box.getAttribute('data-answered')) === 'true', 'the answer');
  assert.equal(await box.locator('[data-choice]').nth(0).getAttribute('data-is'), 'wrong');
  assert.equal(await box.locator('[data-choice]').nth(1).getAttribute('data-is'), 'right');
  assert.ok(await box.getByText('A pod is made once').isVisible());
  await box.getByRole('button', { name: 'No such pod' }).click();
  assert.equal(await box.locator('[data-choice]').nth(0).getAttribute('data-is'), 'wrong', 'the first guess counts');
  await page.reload();
  await ready(page);
  await waitFor(page, async () => (await box.getAttribute('data-answered')) === 'true', 'the answer remembered');
});

test('where one is, the next hint, and the lessons before and after are at hand', async (t) => {
  const { page } = await visit(t, shared, { path: '/lessons/labels/en/' });
  await ready(page);
  const bar = page.locator('slipway-lesson .progress');
  assert.match(await bar.innerText(), /Step 1 of 5/);
  await bar.getByRole('button', { name: 'Step 4 of 5' }).click();
  await waitFor(page, async () => /Step 4 of 5/.test(await bar.locator('.at').innerText()), 'step 4');
  await bar.getByRole('button', { name: 'Next hint' }).click();
  assert.equal(await page.locator('[data-step=service] details.hint').first().getAttribute('open'), '');
  for (let i = 0; i < 4; i++) await bar.getByRole('button', { name: 'Next hint' }).click();
  await bar.getByText('No more hints in this step').waitFor();
  assert.match(await page.locator('.where').innerText(), /Part 2, lesson 2 of 6: Labels and selectors/);
  await page.getByRole('link', { name: /Previous lesson/ }).click();
  await page.waitForURL(/\/lessons\/pod\/en\/$/);
  await ready(page);
  await page.goto(`${shared.url}/`);
  await page.waitForURL(/\/lessons\/pod\/en\/$/);
});

test('lessons are found by words in their steps, also without tones, and progress stands beside them', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await type(page, 'kubectl run web --image=nginx');
  await goalMet(page);
  await page.getByText('All lessons').click();
  const list = page.locator('slipway-contents');
  await page.waitForFunction(() => document.activeElement?.matches('slipway-contents input'));
  await page.keyboard.type('selector endpointslices');
  await waitFor(page, async () => (await list.locator('ol > li:visible').count()) === 2, 'two lessons');
  await list.getByRole('link', { name: 'The set that is always up to date' }).click();
  await page.waitForURL(/\/lessons\/labels\/en\/#step-service$/);
  await ready(page);
  await page.getByText('All lessons').click();
  assert.match(await list.locator('[data-lesson=pod]').innerText(), /1 of 4 goals/);
  assert.match(await list.locator('[data-lesson=labels]').innerText(), /you are here/);
  await page.keyboard.press('Escape');
  assert.equal(await list.locator('details').getAttribute('open'), null);
  await page.goto(`${shared.url}/?all&lang=vi`);
  await page.getByRole('searchbox').last().fill('nhan');
  await page.locator('section:visible [data-lesson=labels]').waitFor();
  await page.locator('section:visible [data-lesson=pod] ul').waitFor();
});

test('progress goes out as a file and into another browser, with its sessions', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await type(page, 'kubectl run web --image=nginx');
  await goalMet(page);
  await kept(page);
  await page.getByText('All lessons').click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export progress' }).click()]);
  const path = await file.path();

  const { page: other } = await visit(t, shared, { path: '/?all' });
  const bring = async (what) => {
    const [chooser] = await Promise.all([other.waitForEvent('filechooser'), other.getByRole('button', { name: 'Import progress' }).click()]);
    await chooser.setFiles(what);
  };
  for (const text of ['nonsense', '{}', '{"slipway":"progress","version":1,"lessons":{"<img src=x onerror=alert(1)>":{}}}']) {
    await bring({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    await other.getByText('That file holds no progress').waitFor();
    assert.equal(await other.evaluate(() => localStorage.getItem('slipway:progress')), null);
  }
  await bring(path);
  await other.getByText('Imported: progress in 1 lessons, 1 sessions').waitFor();
  assert.match(await other.locator('section:visible [data-lesson=pod]').innerText(), /1 of 4 goals/);
  await other.goto(`${shared.url}/lessons/pod/en/`);
  await ready(other);
  await podSays(other, 'web', /Running/);
});

test('the palette types commands that undo takes back, and traffic has a slider', async (t) => {
  const { page } = await visit(t, shared, { path: '/lessons/service/en/', reducedMotion: 'reduce' });
  await ready(page);
  await page.getByRole('button', { name: 'Break things' }).click();
  const palette = page.locator('slipway-chaos');
  await palette.getByLabel('Cut the power: which one').selectOption('node-2');
  await palette.getByRole('button', { name: /^Cut the power/ }).click();
  await waitFor(page, async () => /\$ fault node-down node-2\n/.test(await log(page)), 'the command typed');
  await ready(page);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('undone: fault node-down node-2').waitFor();
  await type(page, 'fault');
  assert.doesNotMatch(await log(page), /In effect/);
  await type(page, 'kubectl expose deployment web --port=80 --target-port=8080');
  const start = palette.getByRole('button', { name: /^Send requests/ });
  await waitFor(page, () => start.isEnabled(), 'the service found');
  await palette.getByRole('slider').press('End');
  await start.click();
  await waitFor(page, async () => /\$ traffic start http:\/\/web --rate 500\ntraffic\/web started/.test(await log(page)), 'traffic');
  await palette.getByRole('button', { name: /^Stop requests/ }).click();
  await waitFor(page, async () => /traffic\/web stopped/.test(await log(page)), 'no more traffic');
});

test('one steps from event to event, forwards and back, and goes on from there', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await page.getByRole('button', { name: 'Pause time' }).click();
  await type(page, 'kubectl run web --image=nginx');
  const on = page.getByRole('button', { name: 'To the next event' });
  for (let i = 0; i < 15 && !/Running/.test(await saying(page, 'web')); i++) {
    const before = await page.locator('slipway-timeline .clock').innerText();
    await on.click();
    await page.waitForTimeout(150);
    assert.ok((await page.locator('slipway-timeline .clock').innerText()) >= before);
  }
  assert.match(await saying(page, 'web'), /Running/);
  await page.getByRole('button', { name: 'One event back' }).click();
  await page.getByText('Looking at the past').waitFor();
  await page.getByRole('button', { name: 'One event back' }).click();
  await page.getByRole('button', { name: 'Go on from here' }).click();
  await page.getByText('Looking at the past').waitFor({ state: 'detached' });
  assert.match(await log(page), /\$ fork\nthe present is now/);
  assert.doesNotMatch(await saying(page, 'web'), /Running/);
  assert.deepEqual(await page.locator('slipway-timeline select option').allInnerTexts(), ['0.25×', '0.5×', '1×', '2×', '5×', '10×', '30×', '100×']);
});

test('on a phone the keys a phone lacks are there, and completions say what they are', async (t) => {
  const { page } = await visit(t, shared, { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await ready(page);
  const line = page.locator('slipway-terminal textarea');
  await line.fill('kubectl dr');
  await page.getByRole('button', { name: /^Tab:/ }).tap();
  await waitFor(page, async () => (await line.inputValue()) === 'kubectl drain ', 'the verb completed');
  await line.fill('fault node-');
  await page.getByRole('button', { name: /^Tab:/ }).tap();
  await page.locator('slipway-terminal .offer').getByText('loses power').waitFor();
  await line.fill('sleep 1h');
  await line.press('Enter');
  await page.getByRole('button', { name: /^Ctrl-C/ }).tap();
  await ready(page);
  await page.getByRole('button', { name: 'Earlier command' }).tap();
  assert.equal(await line.inputValue(), 'sleep 1h');
});

test('light and dark can be chosen, and stay chosen', async (t) => {
  const { page } = await visit(t, shared, { colorScheme: 'dark' });
  await ready(page);
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await ground();
  await page.getByRole('button', { name: /^Colours/ }).click();
  assert.notEqual(await ground(), dark);
  await page.reload();
  await ready(page);
  assert.notEqual(await ground(), dark);
});
