// Every lesson is finished by typing, in both languages, a hundred times as fast as life.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { ready, useBrowser, visit, waitFor } from './support/page.mjs';

const shared = useBrowser();
const names = readdirSync(new URL('../dist/lessons/', import.meta.url), { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name);

for (const name of names) {
  for (const lang of ['en', 'vi']) {
    test(`${name}, in ${lang}`, async (t) => {
      const { page, complaints } = await visit(t, shared, { path: `/lessons/${name}/${lang}/`, reducedMotion: 'reduce' });
      await ready(page);
      await page.locator('slipway-timeline select').selectOption('100');
      for (const step of await page.locator('[data-step]:has(details.solution)').all()) {
        const lines = await step.locator('details.solution [data-line]').allTextContents();
        for (const line of lines) {
          await page.locator('slipway-terminal textarea').fill(line);
          await page.keyboard.press('Enter');
          await ready(page);
        }
        const what = `${name} ${lang}: the goals of ${await step.getAttribute('data-step')}`;
        await waitFor(page, async () => (await step.locator('[data-goal]:not([data-met="true"])').count()) === 0, what);
      }
      assert.equal(await page.locator('[data-goal][data-met="false"]').count(), 0);
      assert.equal(await page.locator('slipway-lesson .met.all').count(), 1);
      assert.equal(await page.locator('slipway-lesson .progress a').count(), name === 'node' ? 0 : 1, 'the bar leads on to the next lesson');
      assert.equal(await page.locator('slipway-goal').isVisible(), false, 'there is no goal left to show');
      const marks = await page.locator('[data-step]:has(details.solution)').count();
      assert.equal(await page.locator('slipway-lesson .dot.done').count(), marks);
      assert.deepEqual(complaints, []);
    });
  }
}
