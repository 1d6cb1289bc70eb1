// A lesson in other people's pages: from another origin, by frame, by script tag, in a slide.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { ready, useBrowser, visit, waitFor } from './support/page.mjs';

const shared = useBrowser();
const docs = new URL('../../docs/examples/', import.meta.url);
const reveal = createRequire(import.meta.url).resolve('reveal.js').replace(/dist\/reveal.*$/, 'dist/');
const types = { html: 'text/html; charset=utf-8', js: 'text/javascript', css: 'text/css' };
let host;

// The examples as a stranger's site serves them, on an origin of its own; what they load from a network comes from here.
before(async () => {
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname;
    try {
      let body = path.startsWith('/reveal/') ? readFileSync(reveal + path.slice('/reveal/'.length)) : readFileSync(new URL(`.${path}`, docs), 'utf8');
      if (path.endsWith('.html')) {
        body = body.replaceAll('http://127.0.0.1:8017', shared.url).replace(/https:\/\/cdn\.[^"']*\/dist\//g, '/reveal/');
      }
      const headers = { 'Content-Type': types[path.split('.').pop()] ?? 'text/plain' };
      // A strict page: embedding must not need more than the script, the frame.
      if (path.endsWith('embed.html')) headers['Content-Security-Policy'] = `default-src 'none'; script-src ${shared.url} 'nonce-example'; frame-src ${shared.url}; style-src 'nonce-example'`;
      response.writeHead(200, headers).end(body);
    } catch {
      response.writeHead(path === '/favicon.ico' ? 204 : 404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, 'localhost', resolve));
  host = { url: `http://localhost:${server.address().port}`, close: () => server.close() };
});
after(() => host?.close());

async function lesson(page) {
  const handle = await page.waitForSelector('slipway-lesson');
  const frame = await (await handle.evaluateHandle((el) => el.shadowRoot.querySelector('iframe'))).asElement().contentFrame();
  await frame.waitForFunction(() => {
    const terminal = document.querySelector('slipway-playground')?.shadowRoot?.querySelector('slipway-terminal');
    return terminal?.ready === true && !terminal.busy;
  });
  return frame;
}

async function typeIn(page, frame, line) {
  await frame.locator('slipway-terminal textarea').focus();
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
}

test('the example page hears of readiness, progress and goals from another origin, under a strict policy', async (t) => {
  const { page, complaints } = await visit(t, shared, { path: '' });
  await page.goto(`${host.url}/embed.html`);
  const frame = await lesson(page);
  assert.equal(new URL(frame.url()).origin, new URL(shared.url).origin);
  assert.notEqual(new URL(frame.url()).origin, new URL(host.url).origin);
  await page.getByText('ready: pod').waitFor();
  await typeIn(page, frame, 'kubectl run web --image=nginx');
  await page.getByText('goal: The pod web is ready').waitFor();
  await page.getByText('1 of 4').waitFor();
  assert.deepEqual(complaints, []);
});

test('language and colours follow the attributes, at first and later', async (t) => {
  const { page } = await visit(t, shared, { path: '', colorScheme: 'light' });
  await page.goto(`${host.url}/embed.html`);
  await page.evaluate(() => {
    const el = document.querySelector('slipway-lesson');
    el.setAttribute('lang', 'vi');
    el.setAttribute('theme', 'dark');
  });
  const frame = await lesson(page);
  const look = () => frame.evaluate(() => `${document.documentElement.lang} ${document.documentElement.dataset.theme} ${getComputedStyle(document.body).colorScheme}`).catch(() => '');
  await waitFor(page, async () => (await look()) === 'vi dark dark', 'Vietnamese in the dark');
  await frame.getByRole('button', { name: 'Hoàn tác' }).waitFor();
  await page.evaluate(() => document.querySelector('slipway-lesson').setAttribute('theme', 'light'));
  await waitFor(page, async () => (await look()) === 'vi light light', 'light again');
});

test('the address of a frame says lesson, language and colours', async (t) => {
  const { page } = await visit(t, shared, { path: '/embed/pod?lang=vi&theme=dark' });
  await page.waitForURL(/\/embed\/pod\/vi\/\?theme=dark$/);
  await ready(page);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  assert.equal(await page.locator('slipway-contents').count(), 0);
  assert.equal(await page.evaluate(async () => (await navigator.serviceWorker?.getRegistrations())?.length ?? 0), 0);
});

test('messages of strangers are not heard, and nothing is told to who did not ask', async (t) => {
  const { page } = await visit(t, shared, { path: '' });
  await page.goto(`${host.url}/embed.html`);
  const frame = await lesson(page);
  // To the page: a window that is not the lesson claims that a goal was met.
  const heard = await page.evaluate(() => new Promise((resolve) => {
    const el = document.querySelector('slipway-lesson');
    let n = 0;
    el.addEventListener('slipway-goal', () => n++);
    window.postMessage({ slipway: 1, type: 'goal', id: 'x', text: 'forged' }, '*');
    const stranger = document.createElement('iframe');
    document.body.append(stranger);
    window.dispatchEvent(new MessageEvent('message', { data: { slipway: 1, type: 'goal', id: 'x', text: 'forged' }, origin: 'https://evil.example', source: stranger.contentWindow }));
    setTimeout(() => resolve(n), 300);
  }));
  assert.equal(heard, 0);
  // To the lesson: from a window that is not its parent, and of a form that is none.
  await frame.evaluate(() => window.postMessage({ slipway: 1, type: 'theme', theme: 'dark' }, '*'));
  await page.evaluate(() => {
    const { contentWindow } = document.querySelector('slipway-lesson').shadowRoot.querySelector('iframe');
    for (const data of [null, 'x', { slipway: 1, type: 'theme', theme: 'javascript:' }, { slipway: 1, type: 'run', line: 'kubectl run evil --image=nginx' }]) contentWindow.postMessage(data, '*');
  });
  await typeIn(page, frame, 'kubectl get pods');
  await waitFor(page, async () => /No resources found/.test(await frame.locator('slipway-terminal [role=log]').innerText()), 'no pod of a stranger');
  assert.equal(await frame.evaluate(() => document.documentElement.dataset.theme), undefined);
  // A plain frame without the script says nothing to anybody.
  const quiet = await page.evaluate(() => new Promise((resolve) => {
    const said = [];
    const plain = document.createElement('iframe');
    window.addEventListener('message', (e) => e.source === plain.contentWindow && said.push(e.data));
    plain.src = document.querySelector('slipway-lesson').shadowRoot.querySelector('iframe').src;
    document.body.append(plain);
    setTimeout(() => resolve(said), 4000);
  }));
  assert.deepEqual(quiet, []);
});

test('a name that is no lesson’s loads nothing', async (t) => {
  const { page } = await visit(t, shared, { path: '' });
  await page.goto(`${host.url}/embed.html`);
  const src = await page.evaluate(() => {
    const el = document.createElement('slipway-lesson');
    el.setAttribute('lesson', '../../evil?x=');
    document.body.append(el);
    return el.shadowRoot.querySelector('iframe').src;
  });
  assert.equal(src, '');
});

test('a reveal.js slide holds a lesson, and its keys are the lesson’s while one types there', async (t) => {
  const { page, complaints } = await visit(t, shared, { path: '' });
  await page.goto(`${host.url}/reveal.html`);
  await page.locator('.reveal.ready').waitFor();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => document.querySelector('section.present slipway-lesson'));
  const frame = await lesson(page);
  await typeIn(page, frame, 'kubectl run web --image=nginx');
  await page.locator('[data-goal-shown]').getByText('The pod web is ready').waitFor();
  assert.ok(await page.evaluate(() => document.querySelector('section.present slipway-lesson') !== null), 'still the same slide');
  assert.deepEqual(complaints, []);
});

test('other pages of the site are not shown in strangers’ frames', async (t) => {
  const { page } = await visit(t, shared, { path: '' });
  for (const path of ['/lessons/pod/en/', '/', '/embed/..%2flessons/pod/en/']) {
    const response = await page.request.get(shared.url + path);
    assert.match(response.headers()['content-security-policy'] ?? '', /frame-ancestors 'self'/, path);
  }
  assert.match((await page.request.get(`${shared.url}/embed/pod/en/`)).headers()['content-security-policy'], /frame-ancestors \*/);
});
