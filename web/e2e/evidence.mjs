// Evidence that is computed when somebody asks: attended words, look-ups, and what mattered.
import assert from 'node:assert/strict';
import { ended, openAnswered, wish } from './ask.mjs';
import { ANSWER_MS } from './session.mjs';

/** Frames slower than this are no longer smooth on the slowest machine, without a graphics card. */
const SLUGGISH_MS = 250;

const lane = (page, path) => page.locator(`.lane[data-path="${path}"]`);
const tokens = (page, path) => lane(page, path).locator('.answer [data-token]');
const tints = (page, path) =>
  lane(page, path)
    .locator('.word')
    .evaluateAll((words) => words.map((word) => word.dataset.level));

async function readWords(page, path) {
  await tokens(page, path).nth(1).hover();
  await lane(page, path).locator('.word[data-level]').first().waitFor({
    state: 'attached',
    timeout: ANSWER_MS,
  });
}

export const evidenceCases = [
  [
    'pointing at a token tints the words it attended',
    async (page, session) => {
      await openAnswered(page, session);
      await readWords(page, 'rag');
      const one = await tints(page, 'rag');
      await tokens(page, 'rag').nth(2).hover();
      assert.notDeepEqual(await tints(page, 'rag'), one);
      const excerpt = lane(page, 'rag').locator('.excerpt').first();
      const before = await excerpt.locator('.word').count();
      await excerpt.click();
      assert.ok((await excerpt.locator('.word').count()) >= before);
      await session.checkAccessible(page, 'tinted words', '.lane[data-path=rag]');
    },
  ],
  [
    'hovering stays smooth over a long context',
    async (page, session) => {
      await session.open(page);
      await page.locator('select[name=collection]').selectOption(session.collection);
      await wish(page, { 'Most tokens': '24' });
      await page.locator('textarea[name=question]').fill(`${session.example} In short.`);
      await page.locator('.toggle', { hasText: 'Closed book' }).click();
      await page.locator('.toggle', { hasText: 'RAG' }).click();
      await page.locator('.composer .primary').click();
      await page.waitForURL(/#\/contrast\//);
      await ended(page);
      await readWords(page, 'attention');
      const all = lane(page, 'attention').getByRole('button', { name: /^Show all/ });
      if (await all.isVisible()) {
        await all.click();
      }
      for (const excerpt of await lane(page, 'attention').locator('.excerpt').all()) {
        await excerpt.click();
      }
      const words = await lane(page, 'attention').locator('.word').count();
      const { median, slow } = await page.evaluate(hoverAcross);
      console.log(
        `        ${words} words: ${median.toFixed(1)} ms a frame, 95 % ${slow.toFixed(1)} ms`,
      );
      assert.ok(median < SLUGGISH_MS, `${median} ms a frame`);
    },
  ],
  [
    'a test says what mattered and where every token comes from',
    async (page, session) => {
      await openAnswered(page, session);
      await lane(page, 'rag').getByRole('button', { name: 'Did it matter?' }).click();
      await lane(page, 'rag').locator('.origins').waitFor({ timeout: ANSWER_MS });
      const card = lane(page, 'rag').locator('.card').first();
      assert.deepEqual(await card.locator('.badges dt').allInnerTexts(), [
        'retrieved',
        'in the prompt',
        'attended',
        'mattered',
      ]);
      const origins = await tokens(page, 'rag').evaluateAll((all) => [
        ...new Set(all.map((token) => token.dataset.origin)),
      ]);
      assert.ok(origins.every((origin) => ['documents', 'known', 'neither'].includes(origin)));
      await lane(page, 'rag').getByRole('switch', { name: 'Calibrated attention' }).click();
      await card.getByText('calibrated').waitFor();
      await lane(page, 'rag').getByRole('switch', { name: 'Colour by knowledge' }).click();
      await lane(page, 'rag').locator('.answer [data-origin=""]').first().waitFor();
      await session.checkAccessible(page, 'the findings of a test', '.lane[data-path=rag]');
      await page.reload();
      await lane(page, 'rag').locator('.origins').waitFor();
    },
  ],
  [
    'a test can be cancelled',
    async (page, session) => {
      await openAnswered(page, session);
      const ask = lane(page, 'attention').getByRole('button', { name: 'Did it matter?' });
      await ask.click();
      const cancel = lane(page, 'attention').getByRole('button', { name: 'Cancel' });
      await cancel.click();
      await ask.or(lane(page, 'attention').locator('.origins')).first().waitFor({
        timeout: ANSWER_MS,
      });
    },
  ],
  [
    'the two look-ups show the same passages on the same rows',
    async (page, session) => {
      await openAnswered(page, session);
      const section = page.locator('.lookups');
      await section.getByRole('button', { name: 'Look inside' }).click();
      await section.locator('select[name=layer]').selectOption('1');
      await section.locator('.look-query.attention .component').first().waitFor({
        state: 'attached',
        timeout: ANSWER_MS,
      });
      const rows = await section
        .locator('.look-rows')
        .evaluateAll((lists) =>
          lists.map((list) => [...list.querySelectorAll('.dot')].map((dot) => dot.textContent)),
        );
      assert.equal(rows.length, 3);
      assert.deepEqual(rows[1], rows[0]);
      assert.deepEqual(rows[2], rows[0]);
      const scores = await section.locator('.look-value.right').first().innerText();
      assert.match(scores, /^s [−-]?\d/);
      await section.locator('.glossary summary').click();
      assert.ok((await section.locator('.glossary dt').count()) >= 8);
      await session.checkAccessible(page, 'the two look-ups', '.lookups');
      await page.getByRole('button', { name: '中文' }).click();
      await section.getByText('一个问题，两次查找').waitFor();
      await session.screenshot(page, 'look-ups.png', true);
    },
  ],
];

/** Points at one token after the other, a frame each, and gives the time of the frames. */
async function hoverAcross() {
  const spans = [...document.querySelectorAll('.answer [data-token]')];
  const times = [];
  let before = performance.now();
  for (let i = 0; i < 120; i++) {
    const event = new PointerEvent('pointerover', { bubbles: true, pointerType: 'mouse' });
    spans[i % spans.length].dispatchEvent(event);
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const now = performance.now();
    times.push(now - before);
    before = now;
  }
  times.sort((a, b) => a - b);
  return { median: times[60], slow: times[114] };
}
