// What the browser tests share: a browser, a page in a lesson, and words for what a person does there.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { serve } from './serve.mjs';

const patience = 20_000;

/** The program of the browser. */
export const browserPath = () => process.env.CHROMIUM ?? process.env.CHROME_PATH ?? '/usr/bin/chromium';

/** Starts a browser for a test file. There must be one: a test that cannot run is a test that fails. */
export function useBrowser() {
  const shared = { browser: undefined, url: process.env.SLIPWAY_URL?.replace(/\/$/, ''), close: () => undefined };
  before(async () => {
    const executablePath = browserPath();
    assert.ok(existsSync(executablePath), `no browser at ${executablePath}: install chromium or set CHROMIUM`);
    if (!shared.url) {
      const server = await serve();
      shared.url = server.url;
      shared.close = server.close;
    }
    shared.browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  });
  after(async () => {
    await shared.browser?.close();
    shared.close();
  });
  return shared;
}

/** A fresh visitor in the lesson; `visit.page` is Playwright's page. Ends with the test. */
export async function visit(t, shared, { path = '/lessons/pod/en/', ...options } = {}) {
  const context = await shared.browser.newContext({ viewport: { width: 1366, height: 820 }, locale: 'en-US', serviceWorkers: 'block', ...options });
  context.setDefaultTimeout(patience);
  t.after(() => context.close());
  const page = await context.newPage();
  const complaints = [];
  page.on('pageerror', (err) => complaints.push(err.message));
  page.on('console', (m) => {
    if (m.type() === 'error') complaints.push(m.text());
  });
  if (path !== '') await page.goto(shared.url + path); // '' is a blank page
  return { page, context, complaints };
}

export async function ready(page) {
  await page.waitForFunction(() => {
    const terminal = document.querySelector('slipway-playground')?.shadowRoot?.querySelector('slipway-terminal');
    return terminal?.ready === true && !terminal.busy;
  });
}

/** Types a line as a person would, and waits until it is over. */
export async function type(page, line) {
  await page.locator('slipway-terminal textarea').focus();
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
  await ready(page);
}

/** Pastes text into the command line by the clipboard's own event. */
export async function paste(page, text) {
  await page.locator('slipway-terminal textarea').evaluate((el, text) => {
    el.focus();
    const data = new DataTransfer();
    data.setData('text/plain', text);
    el.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

export function pod(page, name) {
  return page.locator(`slipway-cluster [role=gridcell][data-key$="/${name}"]`);
}

/** What a pod's cell says to those who point at it or listen. */
export async function saying(page, name) {
  return (await pod(page, name).locator('title').textContent({ timeout: 500 }).catch(() => '')) ?? '';
}

/** Waits until a pod's cell says something. */
export async function podSays(page, name, pattern) {
  await waitFor(page, async () => pattern.test(await saying(page, name)), `pod ${name} ${pattern}`);
}

export async function waitFor(page, check, what) {
  const end = Date.now() + patience;
  while (!(await check())) {
    if (Date.now() > end) assert.fail(`waited ${patience} ms in vain for: ${what}`);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
}

/** What the terminal says, also what is not on show of it. */
export async function log(page) {
  return page.locator('slipway-terminal [role=log]').evaluate((el) => [...el.querySelectorAll('li, .welcome')].map((li) => li.textContent).join('\n'));
}

export async function goalMet(page, met = true) {
  await page.locator(`[data-goal][data-met="${met}"]`).first().waitFor();
}

/** Waits until the session, as it is now, is kept in the browser. */
export async function kept(page) {
  const key = await page.evaluate(() => `slipway:session:${document.querySelector('slipway-playground').lesson}`);
  const lines = await page.locator('slipway-terminal li.command').count();
  await page.waitForFunction(([key, lines]) => {
    const saved = JSON.parse(localStorage.getItem(key) ?? '{}');
    return saved.transcript?.filter((b) => b.kind === 'command').length >= lines;
  }, [key, lines]);
}
