// The other screens, both themes, both languages, and the width of a phone.
import assert from 'node:assert/strict';
import { openAnswered } from './ask.mjs';

const SCREENS = [
  ['#/', '.lanes'],
  ['#/library', '.collections a'],
  ['#/history', '.history-list li'],
  ['#/experiments', '.experiments .order, .experiment-list li'],
  ['#/models', '.model'],
];

/** Walks the tour by keyboard, then leaves it half way; the focus comes back either time. */
async function tours(page, session) {
  const offer = page.locator('#tour-offer');
  const count = page.locator('.tour-head .figure');
  await offer.click();
  for (let stop = 1; stop <= 6; stop++) {
    await count.getByText(`${stop} / 6`).waitFor();
    const light = await page.locator('.light').boundingBox();
    const { width, height } = page.viewportSize();
    assert.ok(light.width > 10 && light.y < height && light.x < width, `stop ${stop} is in sight`);
    const open = await page.locator('.lane.shown .step[aria-expanded=true] .step-number').first();
    if (stop > 1 && stop < 6) {
      assert.equal(await open.innerText(), String(stop - 1));
    }
    if (stop === 3) {
      await session.checkAccessible(page, 'the tour', '.tour');
    }
    await page.keyboard.press('Enter');
  }
  await page.locator('.tour').waitFor({ state: 'detached' });
  assert.ok(await offer.evaluate((button) => button === document.activeElement));
  await page.keyboard.press('Enter');
  await count.getByText('1 / 6').waitFor();
  await page.keyboard.press('ArrowRight');
  await count.getByText('2 / 6').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.light').waitFor({ state: 'detached' });
  assert.equal(await page.locator('.step[aria-expanded=true]').count(), 0);
  await page.locator('#tour-offer:focus').waitFor();
}

/** What a first visit sees, and how soon. */
export const visitCases = [
  [
    'a first visit shows the stored example',
    async (page, session) => {
      await session.open(page);
      await page.getByText('Stored example').waitFor();
      assert.equal(await page.locator('.lane').count(), 3);
      // What comes late has its place: nothing moves under the eyes of who reads already.
      await page.locator('.scope-fit', { hasText: /\S/ }).waitFor();
      const { painted, shifted } = await page.evaluate(() => ({
        painted: performance.getEntriesByName('first-contentful-paint')[0].startTime,
        shifted: window.shifts.reduce((sum, each) => sum + each, 0),
      }));
      assert.ok(painted <= 1000, `first contentful paint after ${painted} ms`);
      assert.ok(shifted <= 0.02, `layout shifted by ${shifted}`);
    },
  ],
  [
    'it says what it is, and a tour lights the four steps of one word',
    async (page, session) => {
      await session.open(page);
      await page.locator('.intro', { hasText: 'One question, one model' }).waitFor();
      // What both look-ups share is a press away from the first answers.
      await page.locator('.ribbon').getByRole('button').click();
      const first = page.locator('#look-query');
      assert.ok(await first.evaluate((step) => step === document.activeElement));
      assert.ok((await first.boundingBox()).y < page.viewportSize().height / 2);
      await tours(page, session);
      await page.setViewportSize({ width: 390, height: 844 });
      await page.getByRole('button', { name: '中文' }).click();
      await page.locator('.contrast h1', { hasText: /\p{Script=Han}/u }).waitFor();
      await tours(page, session);
      await session.checkNoSideways(page, 'the tour');
    },
  ],
];

export const screenCases = [
  [
    'no address leaves the page blank',
    async (page, session) => {
      const nowhere = [
        '#/contrast/%',
        '#/contrast/%E4%B8',
        '#/contrast/..',
        '#/contrast/no-such-contrast',
        '#/experiments/no-such-experiment',
        '#/contrast/00000000-0000-0000-0000-000000000000',
        `#/contrast/${'9'.repeat(50_000)}`,
        '#/nowhere/at/all',
        `#/${'/'.repeat(50_000)}x`,
      ];
      for (const hash of nowhere) {
        await session.open(page, hash);
        await page.locator('.nowhere', { hasText: 'There is nothing here' }).waitFor();
        await page.reload();
        await page.locator('.nowhere').waitFor();
      }
      await session.checkAccessible(page, 'an address that means nothing');
      await page.getByRole('link', { name: 'Ask a question' }).click();
      await page.getByText('Stored example').waitFor();
      for (const hash of ['#/library/..', '#/library/%00', '#/library/no-such-collection']) {
        await session.open(page, hash);
        await page.getByText('There is no collection').waitFor();
      }
      await session.open(page, '#/library/%');
      await page.locator('.nowhere').waitFor();
    },
  ],
  [
    'what was kept in the browser by whomever cannot break the page',
    async (page, session) => {
      await page.addInitScript(() => {
        for (const name of ['locale', 'theme', 'sink', 'knowledge', 'calibrated']) {
          window.localStorage.setItem(`kvasir.${name}`, '{"\u0000": __proto__');
        }
        window.sessionStorage.setItem('kvasir.key', 'schlüssel\n密钥');
      });
      await session.open(page);
      await page.getByText('Stored example').waitFor();
      await page.locator('select[name=collection] option').first().waitFor({ state: 'attached' });
    },
  ],
  [
    'a file is uploaded, read, and can be deleted',
    async (page, session) => {
      await session.open(page, `#/library/${session.own}`);
      await page.locator('.collection-head h2', { hasText: session.own }).waitFor();
      await page.locator('.drop input[type=file]').setInputFiles({
        name: 'tides.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('The tide at Skerryvore rises four metres twice a day.\n'.repeat(20)),
      });
      // What is read is folded away; its names are a press away.
      const job = page.locator('.job:has(details)', { hasText: 'tides.txt' }).first();
      await job.waitFor({ timeout: 60_000 });
      await job.locator('summary').click();
      await job.locator('.file.done', { hasText: 'tides.txt' }).waitFor();
      const row = page.locator('.list tbody tr', { hasText: 'tides' });
      await row.waitFor();
      await row.getByRole('button', { name: /^Delete/ }).click();
      await page.locator('.confirm .danger').click();
      await row.waitFor({ state: 'detached' });
    },
  ],
  [
    'a collection is asked from the library, and a file dropped where questions are written goes there',
    async (page, session) => {
      await session.open(page, `#/library/${session.own}`);
      await page.locator('.collection-head').getByRole('link', { name: 'Ask these' }).click();
      const picker = page.locator('select[name=collection]');
      await page.waitForFunction(
        (name) => document.querySelector('select[name=collection]')?.value === name,
        session.own,
      );
      assert.equal(await picker.inputValue(), session.own);
      const files = await page.evaluateHandle(() => {
        const transfer = new window.DataTransfer();
        transfer.items.add(
          new window.File(['The foghorn sounds twice. '.repeat(30)], 'foghorn.txt'),
        );
        return transfer;
      });
      await page.locator('.composer').dispatchEvent('drop', { dataTransfer: files });
      const taken = page.locator('.taken');
      await taken.getByText(/passages? stored/).waitFor({ timeout: 60_000 });
      assert.match(await taken.innerText(), new RegExp(`Into ${session.own}`));
      const { documents } = await session.api('GET', `/api/collections/${session.own}/documents`);
      const added = documents.find(({ name }) => name === 'foghorn.txt');
      await session.api('DELETE', `/api/documents/${added.id}`);
    },
  ],
  [
    'a broken file is refused with its reason, beside one that is not',
    async (page, session) => {
      await session.open(page, `#/library/${session.own}`);
      await page.locator('.drop input[type=file]').setInputFiles([
        { name: 'bad.pdf', mimeType: 'application/pdf', buffer: Buffer.from('no pdf at all') },
        { name: 'good.txt', mimeType: 'text/plain', buffer: Buffer.from('Oil burns. '.repeat(40)) },
      ]);
      const bad = page.locator('.file.failed', { hasText: 'bad.pdf' });
      await bad.waitFor({ timeout: 60_000 });
      assert.ok((await bad.locator('.file-error').innerText()).length > 10);
      await page.locator('.file.done', { hasText: 'good.txt' }).waitFor({ timeout: 60_000 });
    },
  ],
  [
    'a collection is created and deleted',
    async (page, session) => {
      const name = `${session.own}-new`;
      await session.open(page, '#/library');
      await page.getByRole('button', { name: 'New collection' }).click();
      await page.getByLabel('Title').fill(name);
      await page.getByRole('button', { name: 'Create' }).click();
      const head = page.locator('.collection-head');
      await head.locator('h2', { hasText: name }).waitFor();
      await head.getByRole('button', { name: /^Rename/ }).click();
      await head.getByLabel('Title').fill('Lights of the north');
      await head.getByRole('button', { name: 'Save' }).click();
      await head.locator('h2', { hasText: 'Lights of the north' }).waitFor();
      await page.locator('.collections a', { hasText: 'Lights of the north' }).waitFor();
      await page.getByRole('button', { name: 'Delete collection' }).click();
      await page.locator('.confirm .danger').click();
      await page
        .locator('.collections a', { hasText: 'Lights of the north' })
        .waitFor({ state: 'detached' });
      // A file that is no decoder is refused in words, and another one can be taken then.
      await session.open(page, '#/models');
      const decoder = page.locator('.import-model input[type=file]');
      await decoder.setInputFiles({
        name: 'nothing.gguf',
        mimeType: 'application/octet-stream',
        buffer: Buffer.from('GGUF, but of nothing. '.repeat(5_000)),
      });
      const refused = page.locator('.import-model').getByRole('alert');
      assert.ok((await refused.innerText()).length > 30);
      assert.ok(await decoder.isEnabled());
    },
  ],
  [
    'every screen is accessible in both themes and both languages',
    async (page, session) => {
      await openAnswered(page, session);
      for (const scheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme: scheme });
        for (const [hash, ready] of SCREENS) {
          await session.open(page, hash);
          await page.locator(ready).first().waitFor();
          await session.checkAccessible(page, `${hash} in ${scheme}`);
          const name = hash.slice(2);
          if (scheme === 'light' && name !== '') {
            await session.screenshot(page, `${name}.png`);
          }
        }
      }
      await page.getByRole('button', { name: '中文' }).click();
      for (const [hash, ready] of SCREENS) {
        await session.open(page, hash);
        await page.locator(ready).first().waitFor();
        await session.checkAccessible(page, `${hash} in Chinese`);
      }
      assert.equal(await page.locator('html').getAttribute('lang'), 'zh-CN');
    },
  ],
  [
    'a phone shows every screen without scrolling sideways',
    async (page, session) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await openAnswered(page, session);
      await session.checkNoSideways(page, 'the answer');
      await session.screenshot(page, 'ask-phone.png', true);
      for (const tab of await page.locator('.tabs button').all()) {
        await tab.click();
        await session.checkNoSideways(page, await tab.innerText());
      }
      for (const step of [0, 1, 2, 3]) {
        await page.locator('.lane.shown .step').nth(step).click();
        await session.checkNoSideways(page, `step ${step + 1}`);
      }
      await session.checkAccessible(page, 'the answer on a phone');
      for (const [hash, ready] of SCREENS) {
        await session.open(page, hash);
        await page.locator(ready).first().waitFor();
        await session.checkNoSideways(page, hash);
      }
    },
  ],
];

/** What the cases that ask have left behind. */
export const historyCases = [
  [
    'history finds, reopens, exports and deletes a contrast',
    async (page, session) => {
      await openAnswered(page, session);
      const answer = await page.locator('.lane[data-path=rag] .answer').innerText();
      const address = page.url();
      await session.open(page, '#/history');
      const searched = page.waitForResponse(/\/api\/conversations\?.*search=/);
      await page.getByRole('searchbox').fill(session.example.slice(0, 20));
      await searched;
      await page.locator('.history-list > li').first().waitFor();
      // Others may have asked the same question since.
      for (const unfold of await page.locator('.history-list .questions').all()) {
        await unfold.click();
      }
      const line = page.locator(`.history-list li:has(> a[href="${session.answered}"])`).last();
      await line.waitFor();
      const download = page.waitForEvent('download');
      await line.getByRole('button', { name: /^Export/ }).click();
      assert.match((await download).suggestedFilename(), /^kvasir-.*\.json$/);
      await line.locator('> a').click();
      await page.locator('.lane[data-path=rag] .answer [data-token]').first().waitFor();
      assert.equal(page.url(), address);
      assert.equal(await page.locator('.lane[data-path=rag] .answer').innerText(), answer);
      await session.open(page, '#/history');
      const own = page.locator(`.history-list li:has(a[href="${session.stopped}"])`);
      await own.getByRole('button', { name: /^Delete/ }).click();
      await page.locator('.confirm .danger').click();
      await own.waitFor({ state: 'detached' });
    },
  ],
];
