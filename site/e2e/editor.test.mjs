// The editor: a manifest written by keyboard with what the engine knows, applied, and taken back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { log, pod, podSays, ready, useBrowser, visit, waitFor } from './support/page.mjs';

const shared = useBrowser();

const content = (page) => page.locator('slipway-editor .cm-content');
const offered = (page) => page.locator('slipway-editor .cm-tooltip-autocomplete li');
const about = (page) => page.locator('slipway-editor #about');

async function open(page) {
  await page.locator('slipway-views').getByRole('tab', { name: 'Editor', exact: true }).click();
  await content(page).waitFor();
  await content(page).focus();
}

test('a pod is written by keyboard: completed, explained, corrected, applied and taken back', async (t) => {
  const { page, complaints } = await visit(t, shared);
  await ready(page);
  await open(page);
  await page.keyboard.insertText('apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    ');
  await page.keyboard.type('imag');
  await offered(page).filter({ hasText: /^image/ }).first().waitFor();
  await page.locator('slipway-editor .cm-completionInfo').getByText('to run, for example nginx:1.27').waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.type('nginx');
  await about(page).getByText('spec.containers.image <string>').waitFor();
  await page.keyboard.insertText('\n    imagee: nginx');
  const error = page.locator('slipway-editor .found button');
  await error.getByText('9:5').waitFor();
  assert.match(await error.innerText(), /unknown field "spec.containers\[0\].imagee" did you mean image\?/);
  await page.keyboard.press('Control+Shift+k');
  await waitFor(page, async () => (await error.count()) === 0, 'no error is left');
  await page.keyboard.press('Control+Enter');
  await page.locator('slipway-editor .note').getByText('pod/web created').waitFor();
  assert.match(await log(page), /kubectl apply -f - <<'EOF'/);
  await podSays(page, 'web', /Running/);
  await page.locator('slipway-timeline').getByRole('button', { name: /Undo/ }).click();
  await waitFor(page, async () => (await pod(page, 'web').count()) === 0, 'the pod is gone');
  assert.deepEqual(complaints, []);
});
