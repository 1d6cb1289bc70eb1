// How long the main thread works in a frame while 500 pods roll out on 50 nodes, again and again, 10 virtual seconds to a real one.
// `make bench` prints the figures. What is judged here is counted, not timed, for machines are not alike and this one may be busy:
// how many elements get a new style and how many objects a new place in any one frame.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, sorted, tracer } from './support/frames.mjs';
import { kept, ready, type, useBrowser, visit } from './support/page.mjs';

const shared = useBrowser();
const wanted = 8;
/**
 * A patch that moves or colours the whole crowd at once would count 2,000 and more. It comes after whatever holds the engine up, such as keeping
 * the session or a busy machine, and is drawn in pieces.
 */
const most = { styled: 800, placed: 300 };

/** The lesson's scenario with 50 nodes. */
async function crowd(context) {
  await context.route('**/scenario.json', async (route) => {
    const response = await route.fetch();
    const scenario = await response.json();
    await route.fulfill({ response, json: { ...scenario, nodes: Array.from({ length: 50 }, () => ({})) } });
  });
}

/** In the page: notes each time the engine is asked for the session, and whether for a bit of it. */
function countSaves() {
  window.saves = [];
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...more) {
    const input = message.kind === 'send' ? JSON.parse(message.text) : {};
    if (input.op === 'save') window.saves.push(input.bit === true);
    return post.call(this, message, ...more);
  };
}

/** In the page: whether there are 500 ready pods of one template, and no other, and the picture has caught up with them. */
function rolledOut(hue) {
  const cluster = document.querySelector('slipway-playground').shadowRoot.querySelector('slipway-stage').shadowRoot.querySelector('slipway-views').shadowRoot.querySelector('slipway-cluster');
  const pods = cluster.world.pods.filter((p) => p !== undefined);
  const drawn = [...cluster.shadowRoot.querySelectorAll('.pod')];
  return pods.length === 500 && pods.every((p) => p.hue === hue && p.tone === 'ok') &&
    drawn.length > 0 && drawn.every((g) => g.matches('.tone-ok') && g.querySelector(`.band-${hue}`) !== null);
}

for (const view of ['Cluster', 'Rollout']) {
  test(`frames stay short while 500 pods roll out on 50 nodes: ${view}`, async (t) => {
    const context = await shared.browser.newContext({ viewport: { width: 1366, height: 820 } });
    t.after(() => context.close());
    await crowd(context);
    const page = await context.newPage();
    await page.addInitScript(countSaves);
    await page.goto(`${shared.url}/lessons/pod/en/`);
    await ready(page);
    await page.locator('slipway-timeline select').selectOption('10');
    await type(page, 'kubectl create deployment web --image=nginx:1.26 --replicas=500');
    await type(page, 'kubectl rollout status deployment/web');
    await page.locator('slipway-views').getByRole('tab', { name: view, exact: true }).click();
    await page.waitForTimeout(500);
    const trace = await tracer(context, page);
    const work = [];
    for (const hue of [1, 2, 3]) {
      await page.locator('slipway-terminal textarea').focus();
      await page.keyboard.type('kubectl rollout restart deployment/web');
      work.push(...(await trace(async () => {
        await page.keyboard.press('Enter');
        while (!(await page.evaluate(rolledOut, hue))) await page.waitForTimeout(250);
      })));
    }
    assert.ok(work.length >= 20, `${work.length} frames were seen`);
    const ms = sorted(work.map((f) => f.ms));
    const busy = ms.filter((v) => v > 2);
    const styled = sorted(work.map((f) => f.styled));
    const placed = sorted(work.map((f) => f.placed));
    console.log(`frames while 500 pods roll out, ${view}: ${at(ms, 0.95).toFixed(1)} ms at the 95th percentile (half ${at(ms, 0.5).toFixed(1)} ms, of ${busy.length} frames with more than 2 ms ${at(busy, 0.95).toFixed(1)} ms, longest ${at(ms, 1).toFixed(1)} ms, ${ms.length} frames), wanted ${wanted}`);
    console.log(`work in a frame, ${view}: at most ${at(styled, 1)} elements styled and ${at(placed, 1)} objects placed`);
    assert.ok(at(styled, 1) > 0 && at(placed, 1) > 0, 'the trace tells of styles and layout');
    const crowds = work.filter((f) => f.styled > most.styled || f.placed > most.placed).length;
    console.log(`frames in which the whole crowd was drawn, ${view}: ${crowds}`);
    assert.equal(crowds, 0, `the whole crowd was drawn in ${crowds} frames`);
    await kept(page);
    const saves = await page.evaluate(() => window.saves);
    console.log(`the session was kept ${saves.length} times, ${view}`);
    assert.ok(saves.length >= 3 && saves.filter((bit) => !bit).length === 0, 'after each line, and bit by bit');
  });
}
