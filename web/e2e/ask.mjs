// Asking: streams, evidence, stopping, reloading, following up.
import assert from 'node:assert/strict';
import { ANSWER_MS } from './session.mjs';

const LANES = ['closed-book', 'rag', 'attention'];
const lane = (page, path) => page.locator(`.lane[data-path="${path}"]`);
const tokens = (page, path) => lane(page, path).locator('.answer [data-token]');
const bars = (page, path) =>
  lane(page, path)
    .locator('.bar.attended .slice')
    .evaluateAll((slices) => slices.map((slice) => slice.style.getPropertyValue('--share')));
const isQuestion = (request) =>
  request.method() === 'POST' && new URL(request.url()).pathname === '/api/contrasts';
const status = (page) => page.locator('.contrast-head .status');

export async function askExample(page, session) {
  await session.open(page);
  await page.locator('select[name=collection]').selectOption(session.collection);
  const request = page.waitForRequest(isQuestion);
  await page.locator('.chip', { hasText: session.example }).first().click();
  assert.equal((await request).postDataJSON().question, session.example);
  await page.waitForURL(/#\/contrast\//);
}

export async function ended(page) {
  await page.locator('.contrast-head .status:not(.running)').waitFor({ timeout: ANSWER_MS });
}

/** Shows an answered contrast: the first case's, so that not every case waits for answers. */
export async function openAnswered(page, session) {
  if (session.answered === null) {
    await askExample(page, session);
    await ended(page);
    session.answered = new URL(page.url()).hash;
    return;
  }
  await session.open(page, session.answered);
  await tokens(page, 'rag').first().waitFor();
}

async function firstToken(page, path) {
  await tokens(page, path).first().waitFor({ timeout: ANSWER_MS });
}

/** Sets fields of the panels of sampling and retrieval by their names. */
export async function wish(page, fields) {
  for (const panel of ['.sampling', '.retrieval']) {
    await page.locator(`${panel} .picker`).click();
    for (const [name, value] of Object.entries(fields)) {
      const input = page.locator(`${panel} .field`, { hasText: name }).locator('input');
      if ((await input.count()) > 0) {
        await input.fill(value);
        await input.press('Tab');
      }
    }
    await page.keyboard.press('Escape');
  }
}

/** Asks for a long answer, so that there is time to interrupt it. */
async function askAtLength(page, session) {
  await session.open(page);
  await wish(page, { 'Most tokens': '512' });
  await page
    .locator('textarea[name=question]')
    .fill('Explain in detail, step by step, how a package is built, tested and installed.');
  await page.locator('.composer .primary').click();
  await page.waitForURL(/#\/contrast\//);
}

/** Presses Stop from within the page, so that no answer ends while the test finds the button. */
async function stopAfterSomeTokens(page) {
  await page.waitForFunction(
    () => {
      const begun = document.querySelectorAll('.lane .answer [data-token]').length > 4;
      const stop = document.querySelector('.composer button.primary[type=button]');
      if (begun && stop !== null) {
        stop.click();
        return true;
      }
      return false;
    },
    null,
    { timeout: ANSWER_MS },
  );
}

/** The same question with another setting, side by side; the next question goes to both sides. */
async function compareWithTwoPassages(page, session) {
  const compare = page.locator('.compare');
  await compare.getByRole('button', { name: 'Compare' }).click();
  await compare.locator('input[name=compare-k]').fill('2');
  await compare.locator('input[name=compare-k]').press('Tab');
  await compare.getByRole('button', { name: 'Ask' }).click();
  const beside = lane(page, 'rag~beside');
  await beside.locator('.lane-status.cut').waitFor({ timeout: ANSWER_MS });
  const heads = page.locator('.lane-head');
  const titles = await heads.locator('h2').allInnerTexts();
  assert.deepEqual(titles, ['Closed book k 1', 'Closed book k 2', 'RAG k 1', 'RAG k 2']);
  for (const head of await heads.all()) {
    assert.ok((await head.boundingBox()).height < 60, 'the head of one of four lanes wraps');
  }
  await session.checkAccessible(page, 'two contrasts side by side');
  await session.screenshot(page, 'side-by-side.png');
  const asked = [];
  page.on('request', (request) => isQuestion(request) && asked.push(request.postDataJSON()));
  await page.locator('input[name=follow-up]').fill('And at sunrise?');
  await page.locator('input[name=follow-up]').press('Enter');
  await page.locator('.earlier li', { hasText: 'And what burned?' }).waitFor();
  await beside.locator('.lane-status.cut').waitFor({ timeout: ANSWER_MS });
  assert.deepEqual(
    asked.map(({ k, beside }) => [k, typeof beside]),
    [
      [1, 'undefined'],
      [2, 'string'],
    ],
  );
  await page.reload();
  await beside.locator('.answer [data-token]').first().waitFor();
  const turn = page.locator('.earlier li', { hasText: 'And what burned?' });
  await turn.waitFor();
  assert.equal(await turn.locator('dl').count(), 2, 'both answered it');
}

export const askCases = [
  [
    'an example is asked and streams into three lanes',
    async (page, session) => {
      await askExample(page, session);
      assert.deepEqual(
        await page.locator('.lane').evaluateAll((all) => all.map((one) => one.dataset.path)),
        LANES,
      );
      for (const path of LANES) {
        await firstToken(page, path);
      }
      await ended(page);
      assert.ok((await status(page).getAttribute('class')).includes('complete'));
      session.answered = new URL(page.url()).hash;
      assert.ok((await lane(page, 'rag').locator('.card').count()) > 0, 'rag shows passages');
      const timings = await lane(page, 'rag').locator('.timings').innerText();
      assert.match(timings, /first token\s+[\d.,]+ (ms|s)/);
      await session.screenshot(page, 'ask-desktop-light.png', true);
      await page.emulateMedia({ colorScheme: 'dark' });
      await session.screenshot(page, 'ask-desktop-dark.png', true);
    },
  ],
  [
    'pointing at a token changes the bars, pinning keeps them, Escape lets go',
    async (page, session) => {
      await openAnswered(page, session);
      const whole = await bars(page, 'rag');
      assert.ok(whole.length > 0);
      await tokens(page, 'rag').nth(1).hover();
      const one = await bars(page, 'rag');
      assert.notDeepEqual(one, whole);
      await tokens(page, 'rag').nth(1).click();
      await page.mouse.move(2, 2);
      assert.deepEqual(await bars(page, 'rag'), one);
      await tokens(page, 'rag')
        .nth(0)
        .click({ modifiers: ['Shift'] });
      await page.mouse.move(2, 2);
      await lane(page, 'rag').getByText('2 tokens, averaged').waitFor();
      await page.keyboard.press('Escape');
      assert.deepEqual(await bars(page, 'rag'), whole);
      await lane(page, 'rag').locator('.answer').focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      assert.notDeepEqual(await bars(page, 'rag'), whole);
      await page.keyboard.press('Escape');
      await lane(page, 'rag').getByRole('switch', { name: /sink/ }).click();
      assert.equal((await bars(page, 'rag'))[0], '0%', 'the sink is left out');
    },
  ],
  [
    'a passage shows its three states, lights its words, and opens at its place',
    async (page, session) => {
      await openAnswered(page, session);
      const card = lane(page, 'rag').locator('.card').first();
      const names = await card.locator('.badges dt').allInnerTexts();
      assert.deepEqual(names, ['retrieved', 'in the prompt', 'attended']);
      await card.hover();
      await lane(page, 'rag').locator('.answer .tinted').first().waitFor();
      await card.getByRole('button', { name: /Open in the document/ }).click();
      const mark = page.locator('.drawer mark');
      await mark.waitFor();
      assert.ok((await mark.innerText()).trim().length > 10);
      await session.checkAccessible(page, 'the source drawer');
      await page.keyboard.press('Escape');
      await page.locator('.drawer').waitFor({ state: 'detached' });
    },
  ],
  [
    'the prompt stands behind a button with its name, its passages coloured, and gives the focus back',
    async (page, session) => {
      await openAnswered(page, session);
      assert.equal(await page.title(), `${session.example} · Kvasir`);
      const button = lane(page, 'rag').getByRole('button', { name: 'Prompt' });
      await button.click();
      const drawer = page.locator('.drawer');
      assert.ok((await drawer.locator('mark').count()) > 1, 'passages and the question');
      await session.checkAccessible(page, 'the prompt', '.drawer');
      await drawer.getByRole('button', { name: 'Leave sentences out' }).click();
      const sentences = drawer.getByRole('checkbox');
      await sentences.first().waitFor();
      // Without anything that it read, it answers otherwise, and the first answer is less likely.
      for (const sentence of await sentences.all()) {
        await sentence.uncheck();
      }
      await drawer.getByRole('button', { name: /^Answer without/ }).click();
      const both = drawer.locator('.both-answers');
      await both.waitFor({ timeout: ANSWER_MS });
      // The drawer shows the text as it was written; the lane has its lists and code set.
      const contrast = session.answered.split('/').at(-1);
      const { paths } = await session.api('GET', `/api/contrasts/${contrast}`);
      const bare = (text) => text.replace(/\s+/g, ' ').trim();
      assert.equal(
        bare(await both.locator('dd').first().innerText()),
        bare(paths.find(({ path }) => path === 'rag').answer),
      );
      assert.match(await both.innerText(), /times as likely.*Δ log P [+−]\d/s);
      await session.checkAccessible(page, 'sentences left out', '.drawer');
      await session.screenshot(page, 'left-out.png');
      await page.keyboard.press('Escape');
      await drawer.waitFor({ state: 'detached' });
      assert.ok(await button.evaluate((one) => one === document.activeElement));
    },
  ],
  [
    'the four steps open in place with their numbers',
    async (page, session) => {
      await openAnswered(page, session);
      const expected = [/dimensions/, /fused/, /rank/, /Budget/];
      for (const [index, words] of expected.entries()) {
        await lane(page, 'rag').locator('.step').nth(index).click();
        const panel = lane(page, 'rag').locator('.step-panel');
        assert.match(await panel.innerText(), words);
        assert.ok((await panel.locator('.formula').innerText()).length > 3);
        await session.checkAccessible(page, `step ${index + 1}`, '.lane[data-path=rag]');
      }
      await page.locator('.agreement .measures td.figure').first().waitFor();
      // Sentences name what they attended; a letter opens the source, and letters can go.
      const cites = lane(page, 'attention').locator('.answer .cite');
      assert.match(await cites.first().getAttribute('aria-label'), /^Attended: passage [A-Z]+, /);
      await cites.first().click();
      await page.locator('.drawer').waitFor();
      await page.keyboard.press('Escape');
      await lane(page, 'rag').getByRole('switch', { name: 'Letters' }).click();
      assert.equal(await cites.count(), 0);
      // A term explains itself where it stands, to the keyboard as to a finger.
      const term = lane(page, 'rag').locator('.bar-name .explained');
      await term.focus();
      await page.keyboard.press('Enter');
      const card = page.locator('.explanation:popover-open');
      assert.match(await card.innerText(), /share of attention/);
      assert.ok((await card.locator('math').count()) > 0);
      await session.checkAccessible(page, 'a term', '.explanation:popover-open');
      await page.keyboard.press('Escape');
      await card.waitFor({ state: 'hidden' });
      assert.ok(await term.evaluate((button) => button === document.activeElement));
    },
  ],
  [
    'what does not fit the budget is shown as such, in the language of the reader',
    async (page, session) => {
      await session.open(page);
      await page.locator('select[name=collection]').selectOption(session.collection);
      await wish(page, { 'Most tokens': '2', 'Budget, tokens of passages': '64' });
      await page.locator('textarea[name=question]').fill(`${session.example} Please.`);
      await page.locator('.composer .primary').click();
      await page.waitForURL(/#\/contrast\//);
      await ended(page);
      const end = lane(page, 'rag').locator('.lane-status');
      assert.equal(await end.innerText(), 'cut off at the token limit');
      assert.ok((await end.getAttribute('class')).includes('cut'));
      assert.equal(await status(page).innerText(), '3 answers cut off');
      assert.ok((await status(page).getAttribute('class')).includes('cut'));
      const card = lane(page, 'rag').locator('.card').first();
      await card.getByText('did not fit').waitFor();
      assert.match(
        await lane(page, 'rag').locator('.notice').innerText(),
        /did not fit .* 64 tokens/,
      );
      await page.getByRole('button', { name: '中文' }).click();
      assert.match(await lane(page, 'rag').locator('.notice').innerText(), /放不进 64 个词元/);
    },
  ],
  [
    'stopping keeps what came',
    async (page, session) => {
      await askAtLength(page, session);
      await stopAfterSomeTokens(page);
      await ended(page);
      assert.equal(await status(page).getAttribute('class'), 'status cancelled');
      assert.ok((await page.locator('.lane .answer [data-token]').count()) > 0);
      await page.locator('.composer').getByRole('button', { name: 'Ask' }).waitFor();
      session.stopped = new URL(page.url()).hash;
    },
  ],
  [
    'a reload while it runs shows it again and goes on',
    async (page, session) => {
      await askAtLength(page, session);
      await firstToken(page, 'closed-book');
      const before = await tokens(page, 'closed-book').count();
      assert.ok((await status(page).getAttribute('class')).includes('running'));
      await page.reload();
      await firstToken(page, 'closed-book');
      await page.waitForFunction(
        (least) =>
          document.querySelectorAll('.lane[data-path="closed-book"] .answer [data-token]').length >
          least,
        before,
        { timeout: ANSWER_MS },
      );
      assert.equal(await page.locator('.lane').count(), 3);
      const stop = page.locator('.composer').getByRole('button', { name: 'Stop' });
      if (await stop.isVisible()) {
        await stop.click();
      }
      await ended(page);
    },
  ],
  [
    'a follow-up continues the conversation',
    async (page, session) => {
      await openAnswered(page, session);
      await page.locator('input[name=follow-up]').fill('Can you say that in one short sentence?');
      await page.keyboard.press('Enter');
      const earlier = page.locator('.earlier');
      await earlier.waitFor();
      assert.match(await earlier.innerText(), new RegExp(session.example.slice(0, 12)));
      await ended(page);
      await page.reload();
      await page.locator('.earlier li').waitFor();
    },
  ],
  [
    'a follow-up is asked of what its conversation was asked of',
    async (page, session) => {
      const asked = {
        collection: session.own,
        scope: ['lighthouses.md'],
        paths: ['closed-book', 'rag'],
        style: 'short',
        k: 1,
        budget: 256,
      };
      const sampling = { temperature: 0.5, seed: 7, maxTokens: 3 };
      const address = await session.ask({ question: 'Who kept it?', ...asked, sampling });
      await session.open(page, address);
      await page.locator('.target', { hasText: session.own }).waitFor();
      const follow = page.locator('input[name=follow-up]');
      await follow.fill('And what burned?');
      const request = page.waitForRequest(isQuestion);
      await follow.press('Enter');
      const body = (await request).postDataJSON();
      const { model, conversation, sampling: drawn, question, ...rest } = body;
      assert.deepEqual(rest, asked);
      assert.equal(question, 'And what burned?');
      assert.equal(`#/contrast/${conversation}`, address);
      assert.ok(model.length > 0);
      assert.deepEqual({ ...drawn, ...sampling }, drawn);
      await page.locator('.earlier').waitFor();
      await ended(page);
      await compareWithTwoPassages(page, session);
      await page.getByRole('button', { name: 'New question' }).click();
      await page.locator('.target').waitFor({ state: 'detached' });
      assert.equal(await page.locator('select[name=collection]').inputValue(), session.own);
      assert.equal(await page.locator('.toggle input:checked').count(), 2);
      await page.locator('.scope-chips .chip', { hasText: 'lighthouses.md' }).waitFor();
    },
  ],
  [
    'a conversation whose collection is gone is not asked of another',
    async (page, session) => {
      const gone = `${session.own}-gone`;
      await session.upload(gone, 'boat.md', '# Boat\n\nA boat brings oil on Thursdays.\n');
      const address = await session.ask({
        question: 'What does the boat bring?',
        collection: gone,
        paths: ['rag'],
        sampling: { maxTokens: 2 },
      });
      await session.api('DELETE', `/api/collections/${gone}`);
      await session.open(page, address);
      await page.locator('.composer .notice', { hasText: gone }).waitFor();
      let asked = 0;
      page.on('request', (request) => (asked += isQuestion(request) ? 1 : 0));
      await page.locator('input[name=follow-up]').fill('And when?');
      await page.locator('input[name=follow-up]').press('Enter');
      assert.ok(await page.locator('.composer button[type=submit]').isDisabled());
      assert.ok(await page.getByRole('button', { name: 'Regenerate' }).isDisabled());
      assert.equal(asked, 0);
      await session.checkAccessible(page, 'a conversation that cannot go on', '.composer');
    },
  ],
  [
    'with no path ticked nothing is asked, and it says so',
    async (page, session) => {
      await session.open(page);
      await page.locator('textarea[name=question]').fill('Anything?');
      for (const toggle of await page.locator('.toggle input').all()) {
        await toggle.setChecked(false);
      }
      await page.locator('.composer .notice', { hasText: 'No path is ticked' }).waitFor();
      let asked = 0;
      page.on('request', (request) => (asked += isQuestion(request) ? 1 : 0));
      await page.locator('textarea[name=question]').press('Enter');
      assert.ok(await page.locator('.composer .primary').isDisabled());
      assert.equal(asked, 0);
      await page.locator('.toggle', { hasText: 'RAG' }).click();
      await page.locator('.composer .notice').waitFor({ state: 'detached' });
      assert.ok(await page.locator('.composer .primary').isEnabled());
    },
  ],
  [
    "an example's scope is seen, can be taken away, and goes with its question",
    async (page, session) => {
      await session.open(page);
      await page.locator('select[name=collection]').selectOption(session.collection);
      // A question that the server refuses stays where it was written.
      await page.route('**/api/contrasts', (route) => route.fulfill({ status: 503, body: '{}' }));
      const example = page.locator('.chip', { hasText: session.example }).first();
      const chips = page.locator('.scope-chips .chip');
      await example.click();
      await chips.first().waitFor();
      await session.checkAccessible(page, "an example's scope", '.composer');
      await page.locator('textarea[name=question]').press('End');
      await page.keyboard.type(' Mine.');
      await chips.first().waitFor({ state: 'detached' });
      await example.click();
      for (let left = await chips.count(); left > 0; left--) {
        await chips.first().click();
      }
      assert.equal(await chips.count(), 0);
      assert.equal(await page.locator('textarea[name=question]').inputValue(), session.example);
    },
  ],
  [
    'an impossible wish is refused in words',
    async (page, session) => {
      await session.open(page);
      await page.route('**/api/contrasts', (route) =>
        route.fulfill({
          status: 429,
          contentType: 'application/problem+json',
          body: '{"title":"Too Many Requests","status":429,"detail":"The queue is full. Try again."}',
        }),
      );
      await page.locator('textarea[name=question]').fill('Anything?');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText('The queue is full. Try again.').waitFor();
    },
  ],
];
