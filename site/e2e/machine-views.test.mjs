// The views of a machine: the walls go up one by one as they are typed; by pointer, by keyboard, for screen readers, on a phone, in the past.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe } from './support/axe.mjs';
import { log, ready, type, useBrowser, visit, waitFor } from './support/page.mjs';

const shared = useBrowser();
const path = '/lessons/machine/en/';
const names = ['Processes', 'Cgroups', 'Capabilities', 'Mounts', 'Network'];

function machine(page) {
  return page.locator('slipway-machine');
}

async function tab(page, name) {
  await machine(page).getByRole('tab', { name, exact: true }).click();
}

/** The walls that are up around the process on show. */
async function up(page) {
  return (await machine(page).locator('.wall.up').evaluateAll((all) => all.map((e) => e.dataset.wall))).sort().join(' ');
}

async function wallsAre(page, want) {
  await waitFor(page, async () => (await up(page)) === want, `the walls ${want}, not ${await up(page)}`);
}

/** A container by hand: limits, an overlay, a network of its own, and what a shell inside may do. */
async function box(page) {
  for (const line of [
    'mkdir /sys/fs/cgroup/box', 'echo 3 > /sys/fs/cgroup/box/pids.max', "sh -c 'echo $$ > /sys/fs/cgroup/box/cgroup.procs; sleep 600 & sleep 600 & sleep 600 &'",
    'mkdir /tmp/up /tmp/work /tmp/over', 'mount -t overlay box -o lowerdir=/srv/img,upperdir=/tmp/up,workdir=/tmp/work /tmp/over',
    'echo x >> /tmp/over/etc/passwd; rm /tmp/over/etc/group',
    'ip netns add blue; ip link add v0 type veth peer name eth0 netns blue', 'ip addr add 10.0.0.1/24 dev v0; ip link set v0 up',
    'ip -n blue addr add 10.0.0.2/24 dev eth0; ip -n blue link set eth0 up',
  ]) await type(page, line);
}

test('the walls go up one by one, and come down with the shell that they are around', async (t) => {
  const { page, complaints } = await visit(t, shared, { path });
  await ready(page);
  await wallsAre(page, '');
  await type(page, 'unshare --uts sh');
  await wallsAre(page, 'uts');
  assert.equal(await machine(page).locator('.tree .box .chip').first().innerText().then((s) => s.split(' ')[0]), 'uts');
  await type(page, 'unshare --pid --fork --mount-proc sh');
  await wallsAre(page, 'mnt pid uts');
  await machine(page).getByText('1 inside', { exact: false }).first().waitFor();
  await type(page, 'unshare --net sh');
  await wallsAre(page, 'mnt net pid uts');
  await type(page, 'setpriv --bounding-set -chown sh');
  await wallsAre(page, 'caps mnt net pid uts');
  await type(page, 'chroot /srv/img sh');
  await wallsAre(page, 'caps mnt net pid root uts');
  for (const want of ['caps mnt net pid uts', 'mnt net pid uts']) {
    await type(page, 'exit');
    await wallsAre(page, want);
  }
  assert.deepEqual(complaints, []);
});

test('a limit that is reached shows in the gauge, and so does what it refused', async (t) => {
  const { page } = await visit(t, shared, { path });
  await ready(page);
  await box(page);
  await tab(page, 'Cgroups');
  const group = machine(page).locator('.group[data-key="/box"]');
  await group.getByText('forks refused').waitFor();
  await type(page, 'echo 2 > /sys/fs/cgroup/box/pids.max');
  await waitFor(page, async () => (await group.getByRole('meter', { name: 'pids' }).getAttribute('aria-valuenow')) === '100', 'the gauge is full');
  await type(page, "echo '5000 50000' > /sys/fs/cgroup/box/cpu.max");
  await type(page, "sh -c 'echo $$ > /sys/fs/cgroup/box/cgroup.procs; i=0; while [ $i -lt 3000 ]; do i=$((i+1)); done'");
  await group.getByText('times throttled').waitFor();
  await type(page, 'echo 1 > /sys/fs/cgroup/box/cgroup.freeze');
  await group.getByText('frozen').waitFor();
});

test('a switch types the command, and the log has it', async (t) => {
  const { page } = await visit(t, shared, { path });
  await ready(page);
  await tab(page, 'Capabilities');
  const chown = machine(page).getByRole('switch', { name: 'chown', exact: true });
  await chown.focus();
  await machine(page).getByText('The switch types: setpriv --bounding-set -chown sh').waitFor();
  await chown.press('Enter');
  await waitFor(page, async () => (await chown.getAttribute('aria-checked')) === 'false', 'chown is off');
  assert.match(await log(page), /setpriv --bounding-set -chown sh/);
  await machine(page).getByRole('switch', { name: 'no_new_privs' }).click();
  await waitFor(page, async () => (await machine(page).getByRole('switch', { name: 'no_new_privs' }).getAttribute('aria-checked')) === 'true', 'no_new_privs is on');
  await type(page, 'touch /tmp/f; chown 1000 /tmp/f');
  assert.match(await log(page), /Operation not permitted/);
  await chown.click(); // exit: the shell before has lost it too
  await waitFor(page, async () => (await machine(page).getByRole('switch', { name: 'no_new_privs' }).getAttribute('aria-checked')) === 'false', 'left');
  await chown.click();
  await waitFor(page, async () => (await chown.getAttribute('aria-checked')) === 'true', 'chown is back');
});

test('mounts: the root of the process, layers, propagation, and pivot_root', async (t) => {
  const { page } = await visit(t, shared, { path });
  await ready(page);
  await box(page);
  await tab(page, 'Mounts');
  await machine(page).locator('.mount.over').getByText('copied up').waitFor();
  await machine(page).locator('.how-hidden').getByText('/etc/group').waitFor();
  const root = machine(page).locator('.mount', { has: page.locator('.chip.root') }).locator('b');
  assert.equal(await root.innerText(), '/');
  await type(page, 'unshare --mount sh');
  await type(page, 'cd /tmp/over; mkdir old; pivot_root . old; cd /');
  await machine(page).locator('.mount b', { hasText: /^\/old$/ }).waitFor();
  await type(page, 'umount -l /old');
  await waitFor(page, async () => (await machine(page).locator('.mount').count()) === 1, 'only the new root is left');
  assert.match(await machine(page).locator('.mount').innerText(), /overlay/);
});

test('network: a cable between two namespaces, in the picture and in the table', async (t) => {
  const { page } = await visit(t, shared, { path });
  await ready(page);
  await box(page);
  await tab(page, 'Network');
  await waitFor(page, async () => (await machine(page).locator('.cable.carries').count()) === 1, 'the cable carries');
  assert.equal(await machine(page).locator('.net').count(), 2);
  await type(page, 'ip link set v0 down');
  await waitFor(page, async () => (await machine(page).locator('.cable:not(.carries)').count()) === 1, 'the cable is cut');
  await machine(page).getByRole('button', { name: 'Table' }).click();
  await machine(page).getByText('cable to eth0 in blue').waitFor();
});

test('by keyboard: along the tabs, through the tree, to another process and back', async (t) => {
  const { page } = await visit(t, shared, { path });
  await ready(page);
  await type(page, 'sleep 600 &');
  await type(page, 'unshare --uts sh');
  await wallsAre(page, 'uts');
  await machine(page).locator('[role=treeitem][tabindex="0"]').focus();
  await page.keyboard.press('Home');
  await wallsAre(page, '');
  await page.keyboard.press('ArrowDown');
  assert.match(await machine(page).locator('.who').innerText(), /sleep/);
  await machine(page).getByRole('button', { name: /Back to the terminal/ }).click();
  await wallsAre(page, 'uts');
  await machine(page).getByRole('tab', { name: 'Processes' }).focus();
  await page.keyboard.press('ArrowLeft');
  assert.equal(await machine(page).getByRole('tab', { name: 'Network' }).getAttribute('aria-selected'), 'true');
});

test('the past shows the walls of the past', async (t) => {
  const { page } = await visit(t, shared, { path });
  await ready(page);
  await type(page, 'sleep 1');
  await type(page, 'unshare --net sh');
  await wallsAre(page, 'net');
  await page.locator('slipway-timeline input[type=range]').focus();
  await page.keyboard.press('Home');
  await wallsAre(page, '');
  await page.keyboard.press('End');
  await wallsAre(page, 'net');
});

for (const [colorScheme, viewport, lang] of [['light', { width: 1366, height: 820 }, 'en'], ['dark', { width: 1366, height: 820 }, 'vi'], ['light', { width: 360, height: 740 }, 'vi'], ['dark', { width: 360, height: 740 }, 'en']]) {
  test(`axe finds nothing on any view, ${colorScheme}, ${viewport.width} px wide, ${lang}, as picture and as table`, async (t) => {
    const { page, complaints } = await visit(t, shared, { path: `/lessons/machine/${lang}/`, colorScheme, viewport, reducedMotion: 'reduce' });
    await ready(page);
    await box(page);
    await type(page, 'unshare --uts --pid --fork sh');
    await machine(page).locator('.tree .box').first().waitFor();
    for (const [i, name] of names.entries()) {
      await machine(page).getByRole('tab').nth(i).click();
      for (const look of [0, 1]) {
        await machine(page).locator('.pick button').nth(look).click();
        await axe(page, `${name} ${look}`);
        if (process.env.SHOTS) {
          await machine(page).scrollIntoViewIfNeeded();
          await page.screenshot({ path: `${process.env.SHOTS}/${name}-${look}-${viewport.width}-${colorScheme}.png` });
        }
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= viewport.width, `${name}: the page is ${wide} px wide`);
      }
      await machine(page).locator('.pick button').first().click();
    }
    assert.deepEqual(complaints, []);
  });
}
