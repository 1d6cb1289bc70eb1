// The views beside the cluster: what they show, by pointer, by keyboard, for screen readers, on a phone, in the past.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe } from './support/axe.mjs';
import { pod, podSays, ready, type, useBrowser, visit, waitFor } from './support/page.mjs';

const shared = useBrowser();
const names = ['Labels', 'Rollout', 'Why', 'Events', 'Inspector'];

function tab(page, name) {
  return page.locator('slipway-views').getByRole('tab', { name, exact: true });
}

function view(page) {
  return page.locator('slipway-views').getByRole('tabpanel').last();
}

/** Two versions of a deployment behind a service, with requests on their way. */
async function shop(page) {
  await type(page, 'kubectl create deployment web --image=nginx:1.26 --replicas=3');
  await type(page, 'kubectl expose deployment web --port=80 --type=NodePort');
  await type(page, 'kubectl wait --for=condition=Available deployment/web');
  await type(page, 'kubectl run client --image=nginx');
  await type(page, 'kubectl wait --for=condition=Ready pod/client');
  await type(page, 'traffic start http://web --from client --rate 20');
  await type(page, 'kubectl set image deployment/web nginx=nginx:1.27');
  await type(page, 'kubectl rollout status deployment/web');
}

for (const [colorScheme, viewport] of [['light', { width: 1366, height: 820 }], ['dark', { width: 1366, height: 820 }], ['light', { width: 360, height: 740 }], ['dark', { width: 360, height: 740 }]]) {
  test(`axe finds nothing on any view, ${colorScheme}, ${viewport.width} px wide, as picture and as table`, async (t) => {
    const { page, complaints } = await visit(t, shared, { colorScheme, viewport, reducedMotion: 'reduce' });
    await ready(page);
    await shop(page);
    await axe(page, 'cluster');
    for (const name of names) {
      await tab(page, name).click();
      await view(page).locator('h2').waitFor();
      await axe(page, name);
      const table = view(page).getByRole('button', { name: 'Table' });
      if ((await table.count()) > 0) {
        await table.click();
        await axe(page, `${name} as a table`);
      }
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= viewport.width, `${name}: the page is ${wide} px wide`);
    }
    assert.deepEqual(complaints, []);
  });
}

test('labels: a typed selector is a live set, and says what is wrong with it', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await type(page, 'kubectl run a --image=nginx --labels=app=shop,env=prod');
  await type(page, 'kubectl run b --image=nginx --labels=app=shop,env=qa');
  await tab(page, 'Labels').click();
  const box = view(page).getByLabel('Try a selector');
  await box.fill('env=prod');
  await view(page).getByText('1 pod', { exact: true }).waitFor();
  await type(page, 'kubectl label pod b env=prod --overwrite');
  await view(page).getByText('2 pods', { exact: true }).waitFor();
  await box.fill('env in (prod');
  await view(page).locator('mark').waitFor();
  assert.match(await view(page).locator('#wrong').innerText(), /expected/);
  await box.fill('!env');
  await view(page).getByText('env is "prod"', { exact: false }).first().waitFor();
});

test('rollout: both ReplicaSets over time, and the past when time goes back', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await shop(page);
  await tab(page, 'Rollout').click();
  await waitFor(page, async () => (await view(page).locator('path.layer').count()) === 2, 'two sets in the chart');
  await view(page).getByText(/requests were lost meanwhile/).waitFor();
  await view(page).getByText('nginx:1.27').waitFor();
  await page.locator('slipway-timeline input[type=range]').focus();
  await page.keyboard.press('Home');
  await view(page).getByText('There is no Deployment at this moment.').waitFor();
});

test('why: from what was typed to the scheduler’s scores', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await type(page, 'kubectl run web --image=nginx');
  await podSays(page, 'web', /Running/);
  await tab(page, 'Why').click();
  await view(page).getByText('kubectl run web --image=nginx').waitFor();
  const rows = view(page).locator('tbody tr');
  assert.equal(await rows.count(), await page.locator('slipway-cluster [role=row] .stripe').count(), 'a row for each node');
  assert.match(await rows.first().innerText(), /chosen/);
});

test('pointing at an object in one view marks it in all', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await type(page, 'kubectl run web --image=nginx');
  await podSays(page, 'web', /Running/);
  await tab(page, 'Events').click();
  await view(page).locator('tr[data-key="pod/default/web"]').first().hover();
  await page.locator('slipway-cluster [data-key="pod/default/web"][data-marked]').waitFor();
  await pod(page, 'web').hover();
  await view(page).locator('tr[data-key="pod/default/web"][data-marked]').first().waitFor();
  await page.locator('slipway-terminal textarea').hover();
  await waitFor(page, async () => (await page.locator('[data-marked]').count()) === 0, 'no mark is left');
});

test('by keyboard: along the tabs, into a view, to another object', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await type(page, 'kubectl run web --image=nginx');
  await podSays(page, 'web', /Running/);
  await tab(page, 'Cluster').focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
  assert.equal(await tab(page, 'Inspector').getAttribute('aria-selected'), 'true');
  await view(page).getByText('kind: Pod').waitFor();
  const node = view(page).locator('button[data-key^="node/"]');
  await node.focus();
  await page.keyboard.press('Enter');
  await view(page).getByText('kind: Node', { exact: false }).first().waitFor();
  await tab(page, 'Inspector').focus();
  await page.keyboard.press('Home');
  assert.equal(await tab(page, 'Cluster').getAttribute('aria-selected'), 'true');
  assert.equal(await page.locator('slipway-inspector').count(), 0);
});

test('a view that cannot be loaded says so and can be asked again', async (t) => {
  const { page, context } = await visit(t, shared);
  await ready(page);
  await context.route(/define-.*\.js|why.*\.js/, (route) => route.abort());
  await tab(page, 'Why').click();
  await page.getByText('This view could not be loaded').waitFor();
});

test('services and moving requests are in the picture, and in its table', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await shop(page);
  const service = page.locator('slipway-cluster [data-key="service/default/web"]');
  await service.waitFor();
  await waitFor(page, async () => /3 of 3 endpoints ready/.test(await service.locator('title').textContent()), 'old endpoints are gone');
  await waitFor(page, async () => (await page.locator('slipway-cluster path.dots').count()) >= 4, 'requests to the service and three pods');
  await page.locator('slipway-cluster').getByRole('button', { name: 'Table' }).click();
  await page.locator('slipway-cluster tr[data-key="traffic/web"]').waitFor();
});
