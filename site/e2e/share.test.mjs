// A session as a link: whole, harmless, and never in place of the person's own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kept, log, pod, podSays, ready, type, useBrowser, visit, waitFor } from './support/page.mjs';

const shared = useBrowser();
const path = '/lessons/pod/en/';

/** The link that the page copies. */
async function link(page) {
  await page.evaluate(() => (navigator.clipboard.writeText = async (text) => void (window.copied = text)));
  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.waitForFunction(() => window.copied !== undefined);
  return page.evaluate(() => window.copied);
}

/** A fragment of what a stranger might put into a link. */
async function forged(page, value) {
  return page.evaluate(async (text) => {
    const packed = await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer();
    const base64 = btoa(String.fromCharCode(...new Uint8Array(packed)));
    return `#s=1.${base64.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')}`;
  }, typeof value === 'string' ? value : JSON.stringify(value));
}

async function saved(page) {
  return JSON.parse(JSON.parse(await page.evaluate(() => localStorage.getItem('slipway:session:pod'))).log);
}

test('a link brings the world, its clock and what was said to somebody else, and asks nothing of a server', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await type(page, 'kubectl run web --image=nginx');
  await podSays(page, 'web', /Running/);
  const url = await link(page);
  assert.match(url, /\/lessons\/pod\/en\/#s=1\.[\w-]+$/);
  assert.ok(url.length < 2000, `${url.length} characters`);

  const { page: other, complaints } = await visit(t, shared, { path: '' });
  const asked = [];
  other.on('request', (request) => asked.push(request.url()));
  await other.goto(url);
  await ready(other);
  await podSays(other, 'web', /Running/);
  assert.match(await log(other), /\$ kubectl run web --image=nginx\npod\/web created/);
  assert.ok(asked.every((u) => !u.includes('#') && !u.includes('s=1')), 'the fragment stays in the browser');
  await kept(other); // there was nothing of their own to be lost
  assert.deepEqual(complaints, []);
});

test('a link does not take the place of the person’s own session until they say so', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await type(page, 'kubectl run theirs --image=nginx');
  const url = await link(page);
  const { page: mine } = await visit(t, shared);
  await ready(mine);
  await type(mine, 'kubectl run mine --image=nginx');
  await kept(mine);
  await mine.goto('about:blank');
  await mine.goto(url);
  await ready(mine);
  await pod(mine, 'theirs').waitFor();
  await mine.getByText('session from a link').waitFor();
  await type(mine, 'kubectl run more --image=nginx');
  await mine.getByRole('button', { name: 'Back to mine' }).click();
  await ready(mine);
  await pod(mine, 'mine').waitFor();
  assert.equal(await pod(mine, 'theirs').count(), 0);
  assert.equal(new URL(mine.url()).hash, '');

  await mine.goto('about:blank');
  await mine.goto(url);
  await ready(mine);
  await mine.getByRole('button', { name: 'Keep it instead' }).click();
  await waitFor(mine, async () => JSON.stringify(await saved(mine)).includes('theirs'), 'their session kept');
  await mine.reload();
  await ready(mine);
  await pod(mine, 'theirs').waitFor();
});

test('links that are damaged, bombs, of another engine or world are refused with the reason, and one’s own opens', async (t) => {
  const { page, complaints } = await visit(t, shared);
  await ready(page);
  await type(page, 'kubectl run web --image=nginx');
  await kept(page);
  const good = await saved(page);
  const cases = [
    ['#s=1.AAAA____', /damaged/],
    ['#s=9.abc', /another version/],
    [`#s=1.${'A'.repeat(40_000)}`, /at most 32000/],
    [await forged(page, ' '.repeat(5_000_000)), /unpacks to more than/],
    [await forged(page, { ...good, state: undefined, engine: '9' }), /made by engine "9"/],
    [await forged(page, { ...good, state: undefined, hash: '00' }), /led to another world/],
    [await forged(page, { ...good, inputs: 7 }), /cannot be opened/],
    [await forged(page, { ...good, end: 9e15 }), /ends at/],
    [await forged(page, { ...good, inputs: [{ at: 0, kind: 'eval', text: 'x' }] }), /cannot be opened/],
  ];
  for (const [hash, reason] of cases) {
    await page.goto('about:blank');
    await page.goto(shared.url + path + hash);
    await page.getByText('The session in this link cannot be opened').first().waitFor();
    const notice = await page.locator('slipway-playground .notice').first().innerText();
    assert.match(notice, reason);
    await ready(page);
    await pod(page, 'web').waitFor();
  }
  assert.deepEqual(complaints, []);
});

test('a link of another engine opens as it was saved, to be looked at', async (t) => {
  const { page, complaints } = await visit(t, shared);
  await ready(page);
  await type(page, 'kubectl run web --image=nginx');
  await kept(page);
  const hash = await forged(page, { ...(await saved(page)), engine: '9' });
  await page.goto('about:blank');
  await page.goto(shared.url + path + hash);
  await ready(page);
  await pod(page, 'web').waitFor();
  await waitFor(page, async () => /cannot go on: it was made by engine "9"/.test(await log(page)), 'the reason');
  await type(page, 'kubectl delete pod web');
  await waitFor(page, async () => /only looked at/.test(await log(page)), 'the refusal');
  await pod(page, 'web').waitFor();
  assert.deepEqual(complaints, []);
});

test('what a stranger typed is text, whatever it looks like', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await type(page, 'echo "<img src=x onerror=alert(1)><script>alert(2)</script>"');
  const url = await link(page);
  const { page: other, complaints } = await visit(t, shared, { path: '' });
  let dialogs = 0;
  other.on('dialog', (d) => (dialogs++, d.dismiss()));
  await other.goto(url);
  await ready(other);
  assert.match(await log(other), /<img src=x onerror=alert\(1\)>/);
  assert.equal(await other.locator('slipway-terminal img, slipway-timeline img').count(), 0);
  assert.equal(dialogs, 0);
  assert.deepEqual(complaints, []);
});

test('a link whose replay does not end is given up, and one’s own session opens', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await type(page, 'kubectl run web --image=nginx');
  await kept(page);
  const log = await saved(page);
  // A month of a thousand requests a second: small to write, long to play.
  const inputs = [...log.inputs, { at: log.end, kind: 'line', text: 'kubectl expose pod web --port=80 && traffic start http://web --rate 1000; for i in $(seq 1 9999); do for j in $(seq 1 9999); do kubectl get pods; done; done' }];
  const hash = await forged(page, { ...log, inputs, end: 2.5e15 });
  await page.goto('about:blank');
  await page.goto(shared.url + path + hash);
  await page.getByText('The session in this link cannot be opened').first().waitFor({ timeout: 40_000 });
  await ready(page);
  await pod(page, 'web').waitFor();
});

test('a session that is too long for a link is told so', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  const noise = Array.from({ length: 9000 }, (_, i) => ((i * 2654435761) >>> 0).toString(36)).join('');
  await page.locator('slipway-terminal textarea').fill(`echo ${noise} > /dev/null`);
  await page.keyboard.press('Enter');
  await ready(page);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await page.getByText('too long for a link').first().waitFor();
});
