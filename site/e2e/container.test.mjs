// A shell in a container: its prompt, its lines, Ctrl-C and Ctrl-D, by keyboard and by touch.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe } from './support/axe.mjs';
import { kept, log, podSays, ready, type, useBrowser, visit, waitFor } from './support/page.mjs';

const shared = useBrowser();

const prompt = (page) => page.locator('slipway-terminal form .prompt');
const prompts = (page, text) => waitFor(page, async () => (await prompt(page).textContent()) === text, `the prompt ${text}`);

test('kubectl exec -it leaves the terminal in the container, until Ctrl-D', async (t) => {
  const { page } = await visit(t, shared, { reducedMotion: 'reduce' });
  await ready(page);
  await type(page, 'kubectl run web --image=busybox -- sleep 100000');
  await podSays(page, 'web', /Running/);
  await type(page, 'kubectl exec -it web -- sh');
  await prompts(page, '/ # ');
  await type(page, 'cd /tmp; echo "I am $HOSTNAME" > who');
  await prompts(page, '/tmp # ');
  await type(page, 'cat who');
  await waitFor(page, async () => /\/tmp # cat who\s*I am web/.test(await log(page)), 'the file');
  await page.keyboard.type('sleep 1000');
  await page.keyboard.press('Enter');
  await page.locator('slipway-terminal .stop').waitFor();
  await page.locator('slipway-terminal textarea').press('Control+c');
  await prompts(page, '/tmp # ');
  await axe(page, 'in a container');

  await kept(page);
  await page.reload();
  await ready(page);
  await prompts(page, '/tmp # ');
  await page.locator('slipway-terminal textarea').press('Control+d');
  await prompts(page, '$ ');
  await type(page, 'kubectl get pod web');
  await waitFor(page, async () => /\$ kubectl get pod web\s*NAME/.test(await log(page)), 'the cluster answers again');
});

test('on a phone, in Vietnamese, a button leaves the container', async (t) => {
  const { page } = await visit(t, shared, { path: '/lessons/pod/vi/', viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, reducedMotion: 'reduce' });
  await ready(page);
  const leave = page.getByRole('button', { name: 'Ra khỏi container' });
  assert.equal(await leave.count(), 0, 'no such button outside');
  await type(page, 'kubectl run -it --rm tmp --image=busybox -- sh');
  await prompts(page, '/ # ');
  await leave.tap();
  await prompts(page, '$ ');
  await waitFor(page, async () => (await log(page)).includes('pod "tmp" deleted from default namespace'), 'the pod is removed');
});
