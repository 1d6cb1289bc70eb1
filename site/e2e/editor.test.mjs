// The editor: a manifest written by keyboard with what the engine knows, applied, and taken back; objects edited as they are.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { log, pod, podSays, ready, type, useBrowser, visit, waitFor } from './support/page.mjs';

const shared = useBrowser();
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

const editor = (page) => page.locator('slipway-editor');
const content = (page) => editor(page).locator('.cm-content');
const offered = (page) => editor(page).locator('.cm-tooltip-autocomplete li');
const about = (page) => editor(page).locator('#about');
const errors = (page) => editor(page).locator('.found button');
const note = (page) => editor(page).locator('.note');
const button = (page, name) => editor(page).getByRole('button', { name, exact: true });

async function axe(page, what) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  // The list of completions is walked through from the text, which names its active option: it must not have the focus itself.
  for (const v of violations) if (v.id === 'scrollable-region-focusable') v.nodes = v.nodes.filter((n) => !/#cm-ac-/.test(String(n.target)));
  assert.deepEqual(violations.filter((v) => v.nodes.length > 0).map((v) => `${what}: ${v.id}: ${v.nodes.map((n) => `${n.target.flat()} ${n.failureSummary}`).join(' | ')}`), []);
}

async function open(page, name = 'Editor') {
  await page.locator('slipway-views').getByRole('tab', { name, exact: true }).click();
  await content(page).focus();
}

/** Takes what is offered first, by Tab, which does nothing in the moment in which a list appears. */
async function choose(page, pattern) {
  await offered(page).first().filter({ hasText: pattern }).waitFor();
  await waitFor(page, async () => {
    if ((await offered(page).filter({ hasText: pattern }).count()) === 0) return true;
    await page.keyboard.press('Tab');
    return false;
  }, `${pattern} is taken`);
}

/** The whole text, also of lines that are not drawn. */
function text(page) {
  return editor(page).evaluate((el) => el.text);
}

async function write(page, text) {
  await content(page).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

const web = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: nginx\n';

test('a pod is written by keyboard: completed, explained, corrected, applied and taken back', async (t) => {
  const { page, complaints } = await visit(t, shared);
  await ready(page);
  await open(page);
  await page.keyboard.insertText('apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    ');
  await page.keyboard.type('imag');
  await editor(page).locator('.cm-completionInfo').getByText('to run, for example nginx:1.27').waitFor();
  await choose(page, /^image/);
  await page.keyboard.type('nginx');
  await about(page).getByText('spec.containers.image <string>').waitFor();
  await content(page).getByText('containers').hover();
  await editor(page).locator('.cm-tooltip-hover').getByText('spec.containers <[]Container>').waitFor();
  await page.keyboard.insertText('\n    imagee: nginx');
  await errors(page).getByText('9:5').waitFor();
  assert.match(await errors(page).innerText(), /unknown field "spec.containers\[0\].imagee" did you mean image\?/);
  await editor(page).locator('.cm-lintRange-error').getByText('imagee').waitFor();
  await page.keyboard.press('Control+Shift+k');
  await waitFor(page, async () => (await errors(page).count()) === 0, 'no error is left');
  await page.keyboard.press('Control+Enter');
  await note(page).getByText('pod/web created').waitFor();
  assert.match(await log(page), /kubectl apply -f - <<'EOF'/);
  await podSays(page, 'web', /Running/);
  await page.locator('slipway-timeline').getByRole('button', { name: /Undo/ }).click();
  await waitFor(page, async () => (await pod(page, 'web').count()) === 0, 'the pod is gone');
  assert.deepEqual(complaints, []);
});

test('kinds and values are completed, and a name brings what has to come behind it', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await open(page);
  await page.keyboard.insertText('kind: ');
  await page.keyboard.type('Dep');
  await choose(page, /^Deployment/);
  await page.keyboard.type('\nspec:\nstrat');
  await choose(page, /^strategy/);
  await page.keyboard.type('typ');
  await choose(page, /^type/);
  await choose(page, /^Recreate/);
  assert.equal(await text(page), 'kind: Deployment\nspec:\n  strategy:\n    type: Recreate');
});

test('what validation refuses stands at its column, goes there by a click, and Tab lets go after Escape', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await open(page);
  await write(page, web.replace('name: web\nspec', 'name: Web\nspec'));
  await errors(page).getByText('4:3').waitFor();
  assert.match(await errors(page).innerText(), /metadata.name: Invalid value: "Web": a lowercase RFC 1123 subdomain/);
  await errors(page).click();
  await about(page).getByText('metadata.name <string>').waitFor();
  const before = await text(page);
  await page.keyboard.press('Tab');
  assert.notEqual(await text(page), before, 'Tab indents');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  assert.equal(await editor(page).evaluate((el) => el.shadowRoot.activeElement?.closest('.found') !== null), true, 'the focus went on to the errors');
});

test('from a template to a diff, and Apply waits for the terminal', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await open(page);
  await editor(page).getByRole('combobox').selectOption('Deployment');
  await button(page, 'Apply').click();
  await note(page).getByText('deployment.apps/web created').waitFor();
  await write(page, (await text(page)).replace('replicas: 3', 'replicas: 4'));
  await button(page, 'Diff').click();
  await editor(page).locator('.diff .more').getByText('+  replicas: 4').waitFor();
  assert.match(await editor(page).locator('.diff').innerText(), /-  replicas: 3/);
  await button(page, 'Close the diff').click();
  await editor(page).getByRole('combobox').selectOption('Service');
  assert.match(await text(page), /---\napiVersion: v1\nkind: Service/);
  await page.locator('slipway-terminal textarea').focus();
  await page.keyboard.type('kubectl get pods -w');
  await page.keyboard.press('Enter');
  await page.locator('slipway-terminal').getByRole('button', { name: /Stop/ }).waitFor();
  await button(page, 'Apply').click();
  await note(page).getByText('still running').waitFor();
  await page.locator('slipway-terminal').getByRole('button', { name: /Stop/ }).click();
  await ready(page);
  await button(page, 'Apply').click();
  await note(page).getByText('service/web created').waitFor();
});

test('kubectl edit opens the editor: cancelled, refused, saved, undone', async (t) => {
  const { page, complaints } = await visit(t, shared);
  await ready(page);
  await open(page);
  await write(page, '# mine\n');
  await type(page, 'kubectl create deployment web --image=nginx');
  await type(page, 'kubectl edit deployment/web');
  await editor(page).getByText('Save runs kubectl edit deployment/web').waitFor();
  assert.match(await text(page), /^# Please edit the object below\./);
  await button(page, 'Cancel').click();
  await waitFor(page, async () => /Edit cancelled, no changes made\.$/.test((await log(page)).trim()), 'the terminal says that nothing was changed');
  assert.equal(await text(page), '# mine\n', 'the person’s own text is back');
  assert.equal(await page.locator('slipway-terminal').evaluate((el) => el.matches(':focus-within')), true, 'and the cursor is in the terminal again');
  await type(page, 'kubectl edit deployment/web');
  await editor(page).getByText('Save runs').waitFor();
  const object = await text(page);
  await write(page, object.replace('replicas: 1\n', 'replicas: -1\n'));
  await errors(page).getByText('spec.replicas: Invalid value: -1').waitFor();
  await button(page, 'Save').click();
  await note(page).getByText('The Deployment "web" is invalid').waitFor();
  await write(page, object.replace('replicas: 1\n', 'replicas: 2\n'));
  await button(page, 'Diff').click();
  await editor(page).locator('.diff .more').getByText('replicas: 2').waitFor();
  await button(page, 'Save').click();
  await note(page).getByText('deployment.apps/web edited').waitFor();
  assert.equal(await text(page), '# mine\n');
  await type(page, 'kubectl get deployment web -o jsonpath={.spec.replicas}');
  await type(page, 'undo');
  await type(page, 'kubectl get deployment web -o jsonpath={.spec.replicas}');
  await type(page, 'kubectl edit deployment/nope');
  assert.match(await log(page), /Error from server \(NotFound\): deployments.apps "nope" not found/);
  assert.deepEqual(complaints, []);
});

test('an object is opened from the inspector, and the one on show from the editor', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await type(page, 'kubectl run web --image=nginx');
  await podSays(page, 'web', /Running/);
  await page.locator('slipway-views').getByRole('tab', { name: 'Inspector' }).click();
  await page.locator('slipway-inspector').getByRole('button', { name: 'Edit' }).click();
  await editor(page).getByText('Save runs kubectl edit pod/web').waitFor();
  await button(page, 'Cancel').click();
  await button(page, 'Edit web').click();
  await editor(page).getByText('Save runs kubectl edit pod/web').waitFor();
  await write(page, (await text(page)).replace('    run: web\n', '    run: web\n    tier: front\n'));
  await page.keyboard.press('Control+Enter');
  await note(page).getByText('pod/web edited').waitFor();
});

test('the text survives a reload, and a full storage is said', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await open(page);
  await write(page, web);
  await page.waitForFunction(() => localStorage.getItem('slipway:draft:pod')?.includes('image: nginx'));
  await page.reload();
  await ready(page);
  await open(page);
  assert.equal(await text(page), web);
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await write(page, `${web}# more\n`);
  await editor(page).getByText('There is no room to keep this text').waitFor();
  await write(page, `# ${'long '.repeat(30_000)}\n`);
  await button(page, 'Apply').click();
  await note(page).getByText('too long for one command').waitFor();
});

test('once loaded, the editor opens and completes without a network', async (t) => {
  const { page, context } = await visit(t, shared, { serviceWorkers: 'allow' });
  await ready(page);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await context.setOffline(true);
  await page.reload();
  await ready(page);
  await open(page);
  await page.keyboard.type('ki');
  await offered(page).getByText('kind').waitFor();
});

for (const [what, options, path, name] of [
  ['light', { colorScheme: 'light' }, '/lessons/pod/en/', 'Editor'],
  ['dark', { colorScheme: 'dark' }, '/lessons/pod/en/', 'Editor'],
  ['on a phone, in Vietnamese', { ...phone, colorScheme: 'dark' }, '/lessons/pod/vi/', 'Soạn thảo'],
]) {
  test(`axe finds nothing in the editor, ${what}, and nothing is too wide`, async (t) => {
    const { page, complaints } = await visit(t, shared, { reducedMotion: 'reduce', path, ...options });
    await ready(page);
    await open(page, name);
    await axe(page, 'empty');
    await write(page, `${web}    imagee: nginx\n    `);
    await errors(page).first().waitFor();
    await page.keyboard.press('Control+Space');
    await offered(page).first().waitFor();
    await axe(page, 'completing');
    await page.keyboard.press('Escape');
    await write(page, web);
    await waitFor(page, async () => (await errors(page).count()) === 0, 'no error');
    await page.keyboard.press('Control+Enter');
    await note(page).getByText('pod/web created').waitFor();
    await write(page, web.replace('image: nginx', 'image: nginx:2'));
    await editor(page).locator('.does .btn').nth(1).click();
    await editor(page).locator('.diff').waitFor();
    await axe(page, 'diff');
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= page.viewportSize().width, `the page is ${wide} px wide`);
    if (path.includes('/vi/')) assert.equal(await content(page).getAttribute('aria-label'), 'Tệp khai báo');
    assert.deepEqual(complaints, []);
  });
}
