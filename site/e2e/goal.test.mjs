// The goal beside the state: a picture of the world wanted, what is different from it, and when it keeps silent.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe } from './support/axe.mjs';
import { goalMet, kept, pod, podSays, ready, type, useBrowser, visit, waitFor } from './support/page.mjs';

const shared = useBrowser();
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

function goal(page) {
  return page.locator('slipway-goal');
}

async function says(page, pattern) {
  await waitFor(page, async () => pattern.test(await goal(page).locator('section').innerText({ timeout: 500 }).catch(() => '')), `the goal's picture says ${pattern}`);
}

test('the picture of the goal stands beside the cluster, marks what is different, and goes on with the lesson', async (t) => {
  const { page, complaints } = await visit(t, shared, { reducedMotion: 'reduce' });
  await ready(page);
  await says(page, /Step 2: Run something[^]*missing: web \(Running 1\/1\)/);
  const [there, here] = [await goal(page).boundingBox(), await page.locator('slipway-cluster').boundingBox()];
  assert.ok(there.x >= here.x + here.width, 'it stands beside the cluster');
  assert.equal(await goal(page).locator('.drawing [data-key="pod/default/web"]').count(), 1);
  assert.equal(await goal(page).locator('.marks .missing').count(), 1);
  assert.match(await goal(page).locator('.sr').innerText(), /node-1: Ready[^]*pod web: Running, 1\/1/);
  await axe(page, 'missing');

  await type(page, 'kubectl run wbe --image=nginx');
  await says(page, /too much: wbe/);
  await goal(page).getByRole('button', { name: /too much: wbe/ }).focus();
  await waitFor(page, async () => (await pod(page, 'wbe').getAttribute('data-marked')) !== null, 'the pod marked in the cluster');
  await type(page, 'undo');
  await type(page, 'kubectl run web --image=nginx');
  await goalMet(page);
  await says(page, /Step 4: Write it down/);
  await goal(page).getByRole('button', { name: /^Goal/ }).click();
  assert.equal(await goal(page).locator('.drawing').count(), 0, 'folded away');
  await goal(page).getByRole('button', { name: /^Goal/ }).press('Enter');
  await goal(page).locator('.drawing').waitFor();
  assert.deepEqual(complaints, []);
});

test('a step that asks for a prediction keeps its picture until the answer, and labels are drawn as labels', async (t) => {
  const { page } = await visit(t, shared, { path: '/lessons/labels/en/', reducedMotion: 'reduce' });
  await ready(page);
  await says(page, /Step 3[^]*First say what you think/);
  assert.equal(await goal(page).locator('.drawing').count(), 0);
  assert.doesNotMatch(await goal(page).locator('section').innerText({ timeout: 500 }), /app=shop/);
  await page.locator('[data-step=label] [data-choice] button').first().click();
  await says(page, /missing: stray \(app=shop\)/);
  assert.equal(await goal(page).locator('.marks .missing').count(), 1);
  await axe(page, 'labels');
  await type(page, 'kubectl label pod stray env=qa');
  await says(page, /too much: stray \(env=qa\)/);
  await type(page, 'kubectl label pod stray app=shop');
  await says(page, /Step 4/);
  await kept(page);
  await page.reload();
  await ready(page);
  await says(page, /Step 4/);
});

test('the goals decide, not the picture: another way to them counts', async (t) => {
  const { page } = await visit(t, shared, { path: '/lessons/controller/en/', reducedMotion: 'reduce' });
  await ready(page);
  await says(page, /3 × web-/);
  await type(page, 'kubectl run odd --image=nginx');
  await type(page, 'kubectl create deployment web --image=redis --replicas=3');
  await page.locator('[data-goal=three][data-met=true]').waitFor();
  await says(page, /Step 2/);
});

test('on a phone the goal is a bar above the cluster that unfolds', async (t) => {
  const { page } = await visit(t, shared, { path: '/lessons/controller/vi/', reducedMotion: 'reduce', ...phone });
  await ready(page);
  const bar = goal(page).getByRole('button', { name: /^Đích/ });
  await bar.waitFor();
  assert.equal(await bar.getAttribute('aria-expanded'), 'false');
  assert.match(await bar.innerText(), /3 điểm khác/, 'folded it still says how far it is');
  await bar.tap();
  await says(page, /còn thiếu 3 × web-/);
  const [there, here] = [await goal(page).boundingBox(), await page.locator('slipway-cluster').boundingBox()];
  assert.ok(there.y + there.height <= here.y, 'it stands above the cluster');
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360);
  await axe(page, 'phone');
});

test('a lesson without pictures goes on without them', async (t) => {
  const { page } = await visit(t, shared, { path: '' });
  await page.route('**/goals.json', (route) => route.fulfill({ status: 200, contentType: 'application/json', body: '{"steps":[{"step":1}]}' }));
  await page.goto(`${shared.url}/lessons/pod/en/`);
  await ready(page);
  await type(page, 'kubectl run web --image=nginx');
  await podSays(page, 'web', /Running/);
  await goalMet(page);
  assert.equal(await goal(page).isVisible(), false);
});
