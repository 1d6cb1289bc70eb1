// Long outputs: what is laid out of them, and that the rest is there all the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { browserPath, log, ready, type, useBrowser, visit, waitFor } from './support/page.mjs';

const shared = useBrowser();
const rows = 2000;
const long = `for i in $(seq 1 ${rows}); do echo "row $i of many"; done; echo the longest $(seq 1 80); echo "row $(seq 1 1) at the end"`;

/** In the page: the last output with its pieces, and where it is scrolled. */
function look() {
  const root = document.querySelector('slipway-playground').shadowRoot.querySelector('slipway-terminal').shadowRoot;
  const scroll = root.querySelector('.scroll');
  const out = [...root.querySelectorAll('li.out')].at(-1);
  const laidOut = (piece) => {
    const probe = piece.appendChild(document.createElement('i'));
    const is = probe.checkVisibility({ contentVisibilityAuto: true });
    probe.remove();
    return is;
  };
  const pieces = [...out.querySelectorAll('.piece')];
  return {
    pieces: pieces.length, laidOut: pieces.filter(laidOut).length, text: out.textContent, top: scroll.scrollTop, height: scroll.scrollHeight, width: scroll.scrollWidth,
    atEnd: scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 2,
  };
}

const frame = (page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

test('of a long output only what is on show is laid out, and scrolling does not change how large it is', async (t) => {
  const { page, complaints } = await visit(t, shared);
  await ready(page);
  await type(page, long);
  await frame(page);
  const first = await page.evaluate(look);
  assert.ok(first.pieces >= rows / 60, `${first.pieces} pieces`);
  assert.ok(first.laidOut >= 1 && first.laidOut <= 4, `${first.laidOut} of ${first.pieces} pieces are laid out`);
  assert.ok(first.atEnd, 'its end is on show');
  assert.match(first.text, /^row 1 of many\nrow 2 of many\n/);
  assert.equal(first.text.split('\n').length, rows + 2);
  for (const part of [0, 0.3, 0.7]) {
    await page.evaluate((top) => (document.querySelector('slipway-playground').shadowRoot.querySelector('slipway-terminal').shadowRoot.querySelector('.scroll').scrollTop = top), first.height * part);
    await frame(page);
    const here = await page.evaluate(look);
    assert.ok(here.laidOut >= 1 && here.laidOut <= 4, `${here.laidOut} pieces are laid out at ${part}`);
    assert.equal(here.height, first.height);
    assert.equal(here.width, first.width);
  }
  // The same text in one piece is as high and as wide.
  const plain = await page.evaluate(() => {
    const out = [...document.querySelector('slipway-playground').shadowRoot.querySelector('slipway-terminal').shadowRoot.querySelectorAll('li.out')].at(-1);
    const whole = out.cloneNode();
    whole.textContent = out.textContent;
    out.after(whole);
    const sizes = [out, whole].map((li) => [li.getBoundingClientRect().height, li.scrollWidth]);
    whole.remove();
    return sizes;
  });
  assert.equal(plain[0][0], plain[1][0]);
  assert.ok(plain[0][1] >= plain[1][1] && plain[0][1] < plain[1][1] * 1.05, `as wide: ${plain.map((p) => p[1])}`);
  assert.deepEqual(complaints, []);
});

test('what is not on show can be copied and searched for', async (t) => {
  const { page, context } = await visit(t, shared);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await ready(page);
  await type(page, long);
  const { text } = await page.evaluate(look);
  const copied = await page.evaluate(async () => {
    const out = [...document.querySelector('slipway-playground').shadowRoot.querySelector('slipway-terminal').shadowRoot.querySelectorAll('li.out')].at(-1);
    const range = document.createRange();
    range.selectNodeContents(out);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    document.execCommand('copy');
    return navigator.clipboard.readText();
  });
  assert.equal(copied, text, 'a copy has each line once');
  await page.evaluate(() => getSelection().removeAllRanges());
  assert.ok(await page.evaluate(() => window.find('row 1234 of many', true, true, true)), 'the browser finds it in the page');
  assert.equal(await page.evaluate(() => String(getSelection())), 'row 1234 of many');
});

test('a screen reader has every line', async (t) => {
  // As when one is at work: without it Chromium makes a smaller tree.
  const browser = await chromium.launch({ executablePath: browserPath(), args: ['--no-sandbox', '--disable-dev-shm-usage', '--force-renderer-accessibility'] });
  t.after(() => browser.close());
  const { page, context } = await visit(t, { browser, url: shared.url });
  await ready(page);
  await type(page, long);
  const cdp = await context.newCDPSession(page);
  await cdp.send('Accessibility.enable');
  const heard = async () => (await cdp.send('Accessibility.getFullAXTree')).nodes.filter((n) => n.role?.value === 'StaticText').map((n) => n.name?.value ?? '').join('');
  await waitFor(page, async () => {
    const all = await heard();
    return ['row 2 of many', 'row 777 of many', `row ${rows} of many`, 'row 1 at the end'].every((row) => all.includes(row));
  }, 'every line is in the accessibility tree');
});

test('typing leaves what was printed alone, and what is printed piece by piece becomes one output', async (t) => {
  const { page } = await visit(t, shared);
  await ready(page);
  await type(page, long);
  await page.evaluate(() => {
    const ol = document.querySelector('slipway-playground').shadowRoot.querySelector('slipway-terminal').shadowRoot.querySelector('ol');
    window.changes = 0;
    new MutationObserver((all) => (window.changes += all.length)).observe(ol, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  await page.locator('slipway-terminal textarea').focus();
  await page.keyboard.type('for i in 1 2 3; do seq 1 100; sleep 1; done');
  assert.equal(await page.evaluate(() => window.changes), 0, 'typing changes nothing above');
  await page.keyboard.press('Enter');
  await waitFor(page, async () => (await page.evaluate(look)).text.split('\n').length === 300, 'three times a hundred lines');
  const { pieces, atEnd } = await page.evaluate(look);
  assert.equal(pieces, 5);
  assert.ok(atEnd);
  assert.match(await log(page), /row 1234 of many/);
});
