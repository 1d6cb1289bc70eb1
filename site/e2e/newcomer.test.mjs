// What confused a newcomer once: the way back, starting over, comparing, long commands, and a page without scripts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goalMet, log, podSays, ready, type, useBrowser, visit, waitFor } from './support/page.mjs';

const shared = useBrowser();
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

test('a step is started over where it began, and what happened in it is a branch to go back to', async (t) => {
  const { page } = await visit(t, shared, { reducedMotion: 'reduce' });
  await ready(page);
  await type(page, 'kubectl run web --image=nginx');
  await goalMet(page);
  await type(page, 'kubectl run odd --image=nginx');
  await type(page, 'kubectl run even --image=nginx');
  await podSays(page, 'even', /Running/);
  await page.getByRole('button', { name: 'Start over' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Start this step over' }).click();
  await waitFor(page, async () => (await page.locator('slipway-cluster [role=gridcell][data-key^="pod/"]').count()) === 1, 'the first step’s pod alone');
  assert.equal(await page.locator('[data-goal=ready]').getAttribute('data-met'), 'true');
  assert.match(await log(page), /this step was started over/);
  await page.getByRole('button', { name: /^Branches/ }).click();
  await page.getByRole('button', { name: 'Switch to the branch “kubectl run even' }).click();
  await podSays(page, 'even', /Running/);
});

test('a moment of the past is compared with now without leaving it, and going on from it is a branch', async (t) => {
  const { page } = await visit(t, shared, { reducedMotion: 'reduce' });
  await ready(page);
  await type(page, 'kubectl run web --image=nginx');
  await podSays(page, 'web', /Running/);
  await page.locator('slipway-timeline input[type=range]').focus();
  await page.keyboard.press('Home');
  await page.getByText('Looking at the past').waitFor();
  await page.getByRole('button', { name: 'What changed since?' }).click();
  await waitFor(page, async () => /\+ pod\/web\n/.test(await log(page)), 'what changed');
  await ready(page);
  assert.ok(await page.getByText('Looking at the past').isVisible(), 'the past is still on show');
  assert.equal(await page.locator('slipway-cluster [role=gridcell][data-key^="pod/"]').count(), 0);
  await page.getByRole('button', { name: 'To the next event' }).click();
  await page.getByRole('button', { name: 'Go on from here' }).click();
  await page.getByRole('button', { name: /^Branches/ }).click();
  await page.getByRole('button', { name: 'Switch to the branch “kubectl run web' }).click();
  await podSays(page, 'web', /Running/);
});

test('on a phone the cluster and the text are one tap from each other, and all of a command is to be read', async (t) => {
  const { page } = await visit(t, shared, { path: '/lessons/controller/vi/', reducedMotion: 'reduce', ...phone });
  await ready(page);
  const command = page.locator('[data-step=promise] .type pre').first();
  assert.ok(await command.evaluate((el) => el.scrollWidth <= el.clientWidth), 'nothing of it is hidden');
  assert.match(await command.innerText(), /--replicas=3$/, 'no word is broken');
  await page.locator('[data-step=scale] [data-fill]').first().tap();
  const input = page.locator('slipway-terminal textarea');
  assert.equal(await input.inputValue(), 'kubectl scale deployment web --replicas=5');
  assert.ok(await input.evaluate((el) => el.scrollWidth <= el.clientWidth), 'it is wrapped in the terminal');
  await page.getByRole('button', { name: 'Về bài đọc' }).tap();
  await waitFor(page, async () => {
    const box = await page.locator('[data-step=scale]').boundingBox();
    return box.y >= 0 && box.y < 300;
  }, 'the step left');
  await page.locator('slipway-lesson').getByRole('button', { name: 'Cluster' }).tap();
  await waitFor(page, async () => (await page.locator('slipway-cluster').boundingBox()).y < 400, 'the cluster');
});

test('without scripts the text has the page to itself, with its lines, goals, hints and answers', async (t) => {
  const context = await shared.browser.newContext({ viewport: { width: 1000, height: 800 }, javaScriptEnabled: false });
  t.after(() => context.close());
  const page = await context.newPage();
  await page.goto(`${shared.url}/lessons/controller/vi/`);
  assert.match(await page.locator('.noscript').innerText(), /Bài học đọc được khi không có JavaScript/);
  const box = await page.locator('article').boundingBox();
  assert.ok(box.x > 100 && box.width > 500, 'it stands in the middle');
  await page.locator('[data-step=break] details').first().locator('summary').click();
  assert.ok(await page.getByText('Replica set mong muốn ba').isVisible());
  await page.getByRole('link', { name: /Bài sau/ }).click();
  await page.waitForURL(/\/lessons\/rollout\/vi\/$/);
});

test('a cluster in which nothing changes says so after a few seconds', async (t) => {
  const { page } = await visit(t, shared, { reducedMotion: 'reduce' });
  await ready(page);
  await page.locator('slipway-timeline select').selectOption('10');
  await page.locator('slipway-cluster .rest').getByText('At rest').waitFor();
  await type(page, 'kubectl run web --image=nginx');
  await podSays(page, 'web', /Running/);
  await page.locator('slipway-cluster .rest:not(.working)').waitFor();
});
