// A server that asks for keys: what its reader sees, and that the key is kept for the tab alone.
import assert from 'node:assert/strict';
import { ended } from './ask.mjs';

const dialog = (page) => page.locator('dialog[open]');

async function give(page, key) {
  await dialog(page).locator('input').fill(key);
  await dialog(page).locator('button').click();
}

/** Cases for a server that is open to a network; the others expect one that needs no key. */
export const keyCases = [
  [
    'the key is asked for, a wrong one refused, the right one kept over a reload',
    async (page, session) => {
      await page.goto(`${session.baseUrl}/#/`);
      await dialog(page).getByText('asks for a key').waitFor();
      await dialog(page).getByText('read, continue and delete all contrasts').waitFor();
      await session.checkAccessible(page, 'the dialog that asks for the key', 'dialog');
      await session.screenshot(page, 'key-desktop-light.png');
      await page.keyboard.press('Escape');
      assert.ok(await dialog(page).isVisible(), 'there is nothing behind it to go back to');

      await give(page, 'a-key-that-nobody-ever-made');
      await dialog(page).getByText('does not know that key').waitFor();

      await give(page, session.key);
      await dialog(page).waitFor({ state: 'detached' });
      await page.locator('select[name=collection]').selectOption(session.collection);
      await page.locator('textarea[name=question]').fill(session.example);
      await page.locator('.composer .primary').click();
      await page.waitForURL(/#\/contrast\//);
      await ended(page);
      assert.match(await page.locator('.contrast-head .status').getAttribute('class'), /complete/);

      await page.reload();
      await page.locator('.lane .answer [data-token]').first().waitFor();
      assert.equal(await dialog(page).count(), 0, 'it is not asked for again in this tab');
      assert.ok(!page.url().includes(session.key), 'the key is not in the address');
      const kept = await page.evaluate(() =>
        JSON.stringify([window.localStorage, document.cookie]),
      );
      assert.ok(!kept.includes(session.key), 'nothing outlives the tab');
    },
  ],
  [
    'another tab asks for the key again',
    async (page, session) => {
      await page.goto(`${session.baseUrl}/#/history`);
      await give(page, session.key);
      await dialog(page).waitFor({ state: 'detached' });
      const other = await page.context().newPage();
      await other.goto(`${session.baseUrl}/#/history`);
      await dialog(other).getByText('asks for a key').waitFor();
    },
  ],
];
