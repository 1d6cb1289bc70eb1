// How long the main thread works in a frame while a machine of 10,000 processes and 1,000 cgroups is at work: some of the processes start
// others, wait, and use up the processor's time that their cgroups have. `make bench` prints the figures; what is judged is counted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, sorted, tracer } from './support/frames.mjs';
import { ready, type, useBrowser, waitFor } from './support/page.mjs';

const shared = useBrowser();
const wanted = 8;
/** A view that draws everything it has at once counts 1,000 and more. */
const most = { styled: 200, placed: 300 };

const workers = 'for n in 0 1 2 3 4 5 6 7; do mkdir /sys/fs/cgroup/c$n; echo "5000 50000" > /sys/fs/cgroup/c$n/cpu.max; ' +
  "sh -c \"echo \\$\\$ > /sys/fs/cgroup/c$n/cgroup.procs; while :; do sleep 0.3; i=0; while [ \\$i -lt 40 ]; do i=\\$((i+1)); done; done\" & done";

test('frames stay short on a machine of 10,000 processes and 1,000 cgroups', async (t) => {
  const context = await shared.browser.newContext({ viewport: { width: 1366, height: 820 } });
  context.setDefaultTimeout(200_000);
  t.after(() => context.close());
  const page = await context.newPage();
  await page.goto(`${shared.url}/lessons/machine/en/`);
  await ready(page);
  const machine = page.locator('slipway-machine');
  await type(page, workers);
  for (let i = 0; i < 4; i++) await type(page, 'i=0; while [ $i -lt 2500 ]; do sleep 90000 & i=$((i+1)); done');
  await type(page, 'i=8; while [ $i -lt 1000 ]; do mkdir /sys/fs/cgroup/c$i; i=$((i+1)); done');
  await type(page, 'echo $(ls /proc | grep -c "^[0-9]") $(ls -d /sys/fs/cgroup/c[0-9]* | wc -l)');
  const told = await page.locator('slipway-terminal [role=log]').innerText();
  assert.equal(await page.locator('slipway-playground .notice').count(), 0, 'the engine was not started again');
  assert.match(told, /\n100\d\d 1000\b/, 'the crowd is there');
  const trace = await tracer(context, page);
  const all = [];
  for (const name of ['Processes', 'Cgroups', 'Capabilities', 'Mounts', 'Network']) {
    await machine.getByRole('tab', { name, exact: true }).click();
    await waitFor(page, async () => (await machine.getByRole('tab', { name, exact: true }).getAttribute('aria-selected')) === 'true', name);
    await page.waitForTimeout(500);
    const work = await trace(async () => {
      await page.waitForTimeout(4000);
      await type(page, 'unshare --uts sh');
      await machine.locator('.wall.up[data-wall=uts]').waitFor();
      await type(page, 'exit');
    });
    assert.ok(work.length >= 20, `${name}: ${work.length} frames were seen`);
    all.push(...work);
    const ms = sorted(work.map((f) => f.ms));
    const styled = sorted(work.map((f) => f.styled));
    const placed = sorted(work.map((f) => f.placed));
    console.log(`frames of a machine of 10,000 processes and 1,000 cgroups, ${name}: ${at(ms, 0.95).toFixed(1)} ms at the 95th percentile (half ${at(ms, 0.5).toFixed(1)} ms, longest ${at(ms, 1).toFixed(1)} ms, ${ms.length} frames), wanted ${wanted}; ` +
      `at most ${at(styled, 1)} elements styled and ${at(placed, 1)} objects placed in one, ${at(styled, 0.95)} and ${at(placed, 0.95)} at the 95th percentile`);
    const crowds = work.filter((f) => f.styled > most.styled || f.placed > most.placed).length;
    assert.ok(crowds <= 2, `${name}: the whole view was drawn in ${crowds} frames, after 2 lines`);
  }
  assert.ok(all.some((f) => f.styled > 0) && all.some((f) => f.placed > 0), 'the trace tells of styles and layout');
  console.log(`frames of a machine of 10,000 processes and 1,000 cgroups, all views: ${at(sorted(all.map((f) => f.ms)), 0.95).toFixed(1)} ms at the 95th percentile, wanted ${wanted}`);
});
