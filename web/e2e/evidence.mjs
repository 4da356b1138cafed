// Evidence that is computed when somebody asks: attended words, look-ups, and what mattered.
import assert from 'node:assert/strict';
import { ended, openAnswered, wish } from './ask.mjs';
import { ANSWER_MS } from './session.mjs';

/** The median work of a frame: 12 ms on a quiet machine, twice as much beside whatever else is tested. */
const SLUGGISH_MS = 60;
/** Passages are allowed so many tokens that 2,000 of them are read. */
const LONG_CONTEXT = '2600';

const lane = (page, path) => page.locator(`.lane[data-path="${path}"]`);
const tokens = (page, path) => lane(page, path).locator('.answer [data-token]');
/** The tints of every passage as they are drawn. */
const tints = (page, path) =>
  lane(page, path)
    .locator('.tints')
    .evaluateAll((all) => all.map((canvas) => canvas.toDataURL()));

/** Shows a lane at once, since tints are drawn where they can be seen, and has its words read. */
async function readWords(page, path) {
  await page.setViewportSize({ width: 1440, height: 1600 });
  await tokens(page, path).nth(1).hover();
  await page.waitForFunction(
    (lane) =>
      [...document.querySelectorAll(`${lane} .tints`)].some((canvas) =>
        canvas
          .getContext('2d')
          .getImageData(0, 0, canvas.width, canvas.height)
          .data.some((value) => value > 0),
      ),
    `.lane[data-path="${path}"]`,
    { timeout: ANSWER_MS },
  );
}

/** Drags over words as one does who selects them. */
async function dragAcross(page, first, last) {
  const [from, to] = [await first.boundingBox(), await last.boundingBox()];
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 4 });
  await page.mouse.up();
}

export const evidenceCases = [
  [
    'pointing at a token tints the words it attended',
    async (page, session) => {
      await openAnswered(page, session);
      await readWords(page, 'rag');
      const one = await tints(page, 'rag');
      await tokens(page, 'rag').nth(2).hover();
      await drawn(page);
      assert.notDeepEqual(await tints(page, 'rag'), one);
      await tokens(page, 'rag').nth(1).hover();
      await drawn(page);
      assert.deepEqual(await tints(page, 'rag'), one);
      const excerpt = lane(page, 'rag').locator('.excerpt').first();
      await excerpt.locator('.words').hover({ position: { x: 4, y: 8 } });
      assert.match(await excerpt.locator('.words').getAttribute('title'), /^attended [\d.]+ %$/);
      await lane(page, 'rag')
        .getByText(/^Words are tinted by/)
        .waitFor();
      await tokens(page, 'rag').nth(1).hover();
      const card = lane(page, 'rag').locator('.word-card');
      assert.match(await card.innerText(), /What “.+” read[^]*\d %[^]*the rest:/);
      assert.ok((await card.locator('.best-line').innerText()).length > 10);
      await dragAcross(page, tokens(page, 'rag').nth(1), tokens(page, 'rag').nth(3));
      await page.mouse.move(2, 2);
      await lane(page, 'rag')
        .getByText(/3 tokens, averaged/)
        .waitFor();
      await page.keyboard.press('Escape');
      const before = (await excerpt.innerText()).length;
      await excerpt.click();
      assert.ok((await excerpt.innerText()).length >= before);
      await session.checkAccessible(page, 'tinted words', '.lane[data-path=rag]');
    },
  ],
  [
    'a test says what mattered and where every token comes from',
    async (page, session) => {
      await openAnswered(page, session);
      await lane(page, 'rag').getByRole('button', { name: 'What else could have come?' }).click();
      const rivals = lane(page, 'rag').locator('.candidates li');
      await rivals.first().waitFor({ timeout: ANSWER_MS });
      assert.equal(await rivals.count(), 11);
      // A greedy answer: every other token is cut, until somebody makes it warmer.
      assert.equal(await lane(page, 'rag').locator('.candidates .kept').count(), 1);
      await lane(page, 'rag').locator('select[name=next-temperature]').selectOption('1');
      assert.equal(await lane(page, 'rag').locator('.candidates .kept').count(), 11);
      await lane(page, 'rag').locator('select[name=next-topK]').selectOption('3');
      assert.equal(await lane(page, 'rag').locator('.candidates .kept').count(), 3);
      await tokens(page, 'rag').nth(2).hover();
      await lane(page, 'rag')
        .getByText(/^Instead of token 3/)
        .waitFor();
      await page.mouse.move(2, 2);
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
      const known = ['documents', 'known', 'repeated', 'neither'];
      assert.ok(origins.every((origin) => known.includes(origin)));
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
      await section.locator('.look-query.inside .component').first().waitFor({
        state: 'attached',
        timeout: ANSWER_MS,
      });
      // It opens at the head that read the passages most, where the map is darkest.
      const strongest = await strongestCell(page);
      assert.deepEqual(strongest.place, {
        layer: await section.locator('select[name=layer]').inputValue(),
        head: await section.locator('select[name=head]').inputValue(),
      });
      for (const colorScheme of ['dark', 'light']) {
        await page.emulateMedia({ colorScheme });
        const { fill, end } = await strongestCell(page);
        assert.equal(fill, end, `the legend of the ${colorScheme} map`);
      }
      await section.locator('.heads').focus();
      await page.keyboard.press(strongest.place.layer === '0' ? 'ArrowRight' : 'ArrowLeft');
      await page.keyboard.press('Enter');
      const layer = String(Math.abs(Number(strongest.place.layer) - 1));
      await page.waitForFunction(
        (wanted) => document.querySelector('select[name=layer]')?.value === wanted,
        layer,
      );
      await section.getByRole('button', { name: 'small pictures' }).click();
      assert.ok((await section.locator('.heads path[fill]').count()) > 0);
      await section.getByRole('button', { name: 'Draw lines' }).click();
      await section.locator('.lines-picture path').first().waitFor({
        state: 'attached',
        timeout: ANSWER_MS,
      });
      const many = await section.locator('.lines-picture path').count();
      await section.locator('.lines-sentence').focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      assert.match(await section.locator('.lines-picture .readout').innerText(), /“.+” · .*\d %/);
      assert.ok((await section.locator('.lines-picture path').count()) < many);
      const rows = await section
        .locator('.look-rows')
        .evaluateAll((lists) =>
          lists.map((list) => [...list.querySelectorAll('.dot')].map((dot) => dot.textContent)),
        );
      assert.equal(rows.length, 3);
      assert.deepEqual(rows[1], rows[0]);
      assert.deepEqual(rows[2], rows[0]);
      const scores = await section.locator('.look-value.right').first().textContent();
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

/** The cell that is coloured most, whose it is, and the colour at the end of the legend. */
function strongestCell(page) {
  return page.evaluate(() => {
    const cells = [...document.querySelectorAll('.heads .cell')];
    const strength = (cell) => parseFloat(cell.style.getPropertyValue('--strength'));
    const best = cells.reduce((a, b) => (strength(b) > strength(a) ? b : a));
    const heads = document.querySelectorAll('.heads .axis text[text-anchor=end]').length;
    const index = cells.indexOf(best);
    // As numbers, since a mixed colour is written otherwise than a named one.
    const numbers = (colour) => {
      const canvas = document.createElement('canvas').getContext('2d');
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data].join(' ');
    };
    const ramp = window.getComputedStyle(document.querySelector('.ramp-colours')).backgroundImage;
    return {
      place: { layer: String(Math.floor(index / heads)), head: String(index % heads) },
      fill: numbers(window.getComputedStyle(best).fill),
      end: numbers(/.*((?:rgb|color)\([^)]*\))\)$/.exec(ramp)[1]),
    };
  });
}

/** Two frames, after which everything that was pointed at is drawn. */
async function drawn(page) {
  await page.evaluate(async () => {
    for (let i = 0; i < 2; i++) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  });
}

/**
 * Points at one token after the other, a frame each. The work of a frame is that of the handlers,
 * and from where the page is asked what
 * changes until the page is styled, laid out and painted.
 */
async function hoverAcross() {
  const spans = [...document.querySelectorAll('.answer [data-token]')];
  const painted = new MessageChannel();
  const work = [];
  const frames = [];
  let before = performance.now();
  for (let i = 0; i < 120; i++) {
    const event = new PointerEvent('pointerover', { bubbles: true, pointerType: 'mouse' });
    const begun = performance.now();
    spans[i % spans.length].dispatchEvent(event);
    const handled = performance.now() - begun;
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const frame = performance.now();
    await new Promise((resolve) => {
      painted.port1.onmessage = resolve;
      painted.port2.postMessage(null);
    });
    work.push(handled + performance.now() - frame);
    frames.push(frame - before);
    before = frame;
  }
  const sorted = (times) => [...times].sort((a, b) => a - b);
  return { work: sorted(work)[60], slow: sorted(work)[114], frame: sorted(frames)[60] };
}

/** How soon what is pointed at is shown. */
export const hoverCases = [
  [
    'hovering stays smooth over a long context',
    async (page, session) => {
      await session.open(page);
      await page.locator('select[name=collection]').selectOption(session.collection);
      await wish(page, { 'Most tokens': '24', 'Budget, tokens of passages': LONG_CONTEXT });
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
      await page.setViewportSize({ width: 1440, height: 900 });
      const read = await lane(page, 'attention').locator('.step-value').nth(1).innerText();
      const { work, slow, frame } = await page.evaluate(hoverAcross);
      console.log(
        `        ${read}: ${work.toFixed(1)} ms of work a frame, 95 % ${slow.toFixed(1)} ms, a frame every ${frame.toFixed(1)} ms`,
      );
      assert.ok(work < SLUGGISH_MS, `${work} ms of work a frame`);
    },
  ],
];
