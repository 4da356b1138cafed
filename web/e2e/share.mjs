// Sharing: the replay, and a contrast as a file that is opened from disk without a network.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openAnswered } from './ask.mjs';
import { ANSWER_MS } from './session.mjs';

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

/** The look-ups that came along: in both lanes, by the mean of the heads and by one of them. */
async function looksUp(page) {
  // By textContent: what is out of sight is not drawn, and has no innerText.
  await page.getByText('which words of the passages were attended: RAG, Attention').waitFor();
  const section = page.locator('.lookups');
  const kept = section.locator('select[name=kept]');
  const names = await kept.locator('option').allTextContents();
  for (const lane of ['RAG', 'Attention']) {
    assert.ok(names.some((name) => name.startsWith(lane) && name.endsWith('mean of the watched')));
    const single = names.find((name) => name.startsWith(lane) && /layer \d+, head \d+$/.test(name));
    await kept.selectOption({ label: single });
    await section.locator('.look-query.inside .component').first().waitFor({
      state: 'attached',
    });
    await section.locator('.head-map .frame.chosen').waitFor();
  }
  const word = section.locator('select[name=word]');
  const other = Number(await word.inputValue()) + 1;
  await word.selectOption(String(other % (await word.locator('option').count())));
  await section.getByText('For this word the weights were kept').waitFor();
  assert.match(await section.locator('.look-value.right').last().textContent(), /%$|—/);
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
      // Words and look-ups are computed first.
      const download = page.waitForEvent('download', { timeout: ANSWER_MS });
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
  [
    'the page that the server exports works from disk too',
    async (page, session) => {
      await openAnswered(page, session);
      const id = session.answered.replace('#/contrast/', '');
      const response = await fetch(`${session.baseUrl}/api/contrasts/${id}/export.html`);
      assert.equal(response.status, 200);
      assert.match(response.headers.get('content-disposition'), /^attachment; .*\.html"$/);
      const folder = mkdtempSync(join(tmpdir(), 'kvasir-share-'));
      try {
        const file = join(folder, 'contrast.html');
        writeFileSync(file, await response.text());
        const { size } = statSync(file);
        console.log(`        exported by the server: ${size} bytes`);
        assert.ok(size <= MOST_BYTES, `${size} bytes`);
        const spoken = await answer(page).innerText();
        await session.inFreshPage(async (exported) => {
          await exported.goto(pathToFileURL(file).href);
          await answer(exported).locator('[data-token]').first().waitFor();
          assert.equal(await answer(exported).innerText(), spoken);
          await pointsAndPins(exported);
          await replays(exported);
          await exported.getByText('without the queries and scores of heads').waitFor();
          await session.checkAccessible(exported, 'the page exported by the server');
        }, true);
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
  await looksUp(page);
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
