// Sharing: the replay, and a contrast as a file that is opened from disk without a network.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openAnswered } from './ask.mjs';

/** The most that an exported contrast of the ordinary kind may take. */
const MOST_BYTES = 2_000_000;

const answer = (page) => page.locator('.lane[data-path="rag"] .answer');
const attended = (page) =>
  page
    .locator('.lane[data-path="rag"] .bar.attended .slice')
    .evaluateAll((slices) => slices.map((slice) => slice.style.getPropertyValue('--share')));

async function replays(page) {
  const whole = await answer(page).innerText();
  await page.getByRole('button', { name: /^Replay as it happened/ }).click();
  const clock = page.getByRole('slider', { name: 'Time since the question' });
  await clock.fill('0');
  assert.equal(await page.locator('.lane .answer [data-token]').count(), 0);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.locator('.lane .answer [data-token]').first().waitFor();
  await clock.fill(await clock.getAttribute('max'));
  assert.equal(await answer(page).innerText(), whole);
  await page.getByRole('button', { name: 'End the replay' }).click();
}

async function pointsAndPins(page) {
  const whole = await attended(page);
  const token = answer(page).locator('[data-token]').nth(1);
  await token.hover();
  const one = await attended(page);
  assert.notDeepEqual(one, whole);
  await token.click();
  await page.mouse.move(2, 2);
  assert.deepEqual(await attended(page), one);
  await page.keyboard.press('Escape');
  assert.deepEqual(await attended(page), whole);
}

export const shareCases = [
  [
    'an answered contrast is replayed',
    async (page, session) => {
      await openAnswered(page, session);
      await replays(page);
    },
  ],
  [
    'an exported contrast works from disk without a network',
    async (page, session) => {
      await openAnswered(page, session);
      await page.getByRole('button', { name: 'Share' }).click();
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: /^Web page/ }).click();
      const folder = mkdtempSync(join(tmpdir(), 'kvasir-share-'));
      try {
        const file = join(folder, 'contrast.html');
        await (await download).saveAs(file);
        const { size } = statSync(file);
        console.log(`        exported page: ${size} bytes`);
        assert.ok(size <= MOST_BYTES, `${size} bytes`);
        await session.inFreshPage((exported) => checkExported(exported, session, file), true);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  ],
];

async function checkExported(page, session, file) {
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  const address = pathToFileURL(file).href;
  await page.goto(address);
  await answer(page).locator('[data-token]').first().waitFor();
  assert.equal(await page.locator('.lane').count(), 3);
  await pointsAndPins(page);
  await replays(page);
  await session.checkAccessible(page, 'the exported page');
  await page.getByRole('button', { name: '中文' }).click();
  assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN');
  await page.getByRole('button', { name: '主题：跟随系统' }).click();
  await page.getByRole('button', { name: '主题：浅色' }).click();
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
  await session.checkAccessible(page, 'the exported page in the dark');
  await session.screenshot(page, 'share-dark-zh.png', true);
  assert.deepEqual(requests, [address], 'nothing but the file itself is loaded');
}
