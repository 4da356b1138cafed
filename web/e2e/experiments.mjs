// An experiment: ordered in the form, followed, read, opened answer by answer, and deleted.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ANSWER_MS } from './session.mjs';

const DATASET = [
  {
    id: 1,
    question: 'What was the keeper of the lighthouse at Skerryvore called?',
    answer: 'Alan Ritson',
    title: 'The keeper',
    context: 'The keeper of the lighthouse at Skerryvore was called Alan Ritson.',
  },
  {
    id: 2,
    question: 'What does the lamp of Skerryvore burn?',
    answer: 'rape oil',
    title: 'The lamp',
    context: 'The lamp of Skerryvore burns rape oil. It is lit at sunset.',
  },
];

const problem = (page) => page.locator('.order [role=alert]').innerText();
const groups = (page) => page.locator('.questions tbody');

async function vary(page, factor, values) {
  await page.getByRole('button', { name: 'Add a setting' }).click();
  const line = page.locator('.variation').last();
  await line.getByLabel('Setting').selectOption(factor);
  await line.getByLabel('Values').fill(values);
}

async function openForm(page, session) {
  await session.open(page, '#/experiments');
  await page.locator('.order, .page-head .primary').first().waitFor();
  const another = page.getByRole('button', { name: 'New experiment' });
  if (await another.isVisible()) {
    await another.click();
  }
}

/** Orders two questions in three rows, after two orders that are refused. */
async function order(page, session, name) {
  await openForm(page, session);
  const start = page.getByRole('button', { name: 'Start' });
  await start.click();
  assert.match(await problem(page), /files/);
  const lines = DATASET.map((each) => JSON.stringify(each));
  await page
    .locator('.order input[type=file]')
    .first()
    .setInputFiles({
      name: 'skerryvore.jsonl',
      mimeType: 'application/jsonl',
      buffer: Buffer.from([...lines, '{"id": 3, "question":'].join('\n')),
    });
  for (const path of ['attention', 'oracle']) {
    await page.locator(`.order input[name=${path}]`).uncheck();
  }
  await vary(page, 'k', 'many');
  await vary(page, 'max-tokens', '12');
  await page.getByLabel(/^Name/).fill(name);
  await session.checkAccessible(page, 'the form of an experiment');
  await start.click();
  await page.locator('.order [role=alert]', { hasText: "k is 'many'" }).waitFor();
  await page.locator('.variation').first().getByLabel('Values').fill('1, 2');
  await start.click();
  await page.waitForURL(/#\/experiments\/[0-9a-f-]{36}$/);
}

/** Every filter shows the questions whose marks say so. */
async function checkFilters(page) {
  const choose = async (label) => {
    await page.locator('.question-filters select').selectOption({ label });
    return groups(page).count();
  };
  const all = await choose('all questions');
  assert.equal(all, DATASET.length);
  const unsolved = await groups(page)
    .filter({ hasNot: page.locator('.outcome.right') })
    .count();
  assert.equal(await choose('right by no path'), unsolved);
  await choose('all questions');
  await page.getByRole('searchbox').fill('rape oil');
  assert.equal(await groups(page).count(), 1);
  await page.getByRole('searchbox').fill('');
}

/** The four moves are all questions, and one that is chosen shows its own. */
async function checkMoves(page) {
  const counts = (await page.locator('.move strong').allInnerTexts()).map(Number);
  assert.equal(
    counts.reduce((sum, count) => sum + count),
    DATASET.length,
  );
  const place = counts.findIndex((count) => count > 0);
  await page.locator('.move').nth(place).click();
  assert.equal(await groups(page).count(), counts[place]);
  await page.locator('.move').nth(place).click();
  assert.equal(await groups(page).count(), DATASET.length);
}

async function checkLooks(page, session) {
  for (const scheme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme: scheme });
    await session.checkAccessible(page, `an experiment in ${scheme}`);
  }
  await session.screenshot(page, 'experiment.png', true);
  const before = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await session.checkNoSideways(page, 'an experiment');
  await session.screenshot(page, 'experiment-phone.png', true);
  await page.setViewportSize(before);
}

/** What is marked at a contrast is listed among one's own questions. */
async function markAsExpected(page, session) {
  const lane = page.locator('.lane[data-path=rag]');
  await lane.getByRole('button', { name: 'Expected answer' }).click();
  await lane.locator('.marking textarea').fill('Alan Ritson');
  await lane.getByRole('button', { name: 'Keep', exact: true }).click();
  await lane.locator('.marking [role=status]', { hasText: 'Kept' }).waitFor();
  await session.checkAccessible(page, 'marking an answer');
  await page.keyboard.press('Escape');
  await lane
    .getByRole('button', { name: /expected passage/ })
    .first()
    .click();
  await lane.locator('.card [aria-pressed=true]').first().waitFor();
  await session.screenshot(page, 'marking.png');
  const { questions } = await session.api('GET', '/api/questions');
  const marked = questions.filter(({ answers }) => answers.includes('Alan Ritson'));
  assert.equal(marked.length, 1);
  assert.equal(marked[0].passages.filter(({ expected }) => expected).length, 1);
  await session.api('DELETE', `/api/questions/${marked[0].id}`);
}

export const experimentCases = [
  [
    'an experiment is ordered, followed, read and deleted',
    async (page, session) => {
      const name = `${session.own} experiment`;
      await order(page, session, name);
      const address = new URL(page.url()).hash;
      await page.locator('.bad-records', { hasText: '1 record of the dataset' }).waitFor();
      await page.locator('.experiment-head .status.complete').waitFor({ timeout: ANSWER_MS });
      await groups(page).first().waitFor();
      // Complete is told before the last answers are read.
      await page.locator('.questions:not(:has(.outcome:text("not yet")))').waitFor();
      const rows = await page.locator('.means tbody th').allInnerTexts();
      assert.deepEqual(
        rows.map((row) => row.replace(/\s+/g, ' ').trim()),
        ['Closed book', 'RAG k 1', 'RAG k 2'],
      );
      await page.locator('.experiment-head .facts', { hasText: 'max-tokens 12' }).waitFor();
      await checkFilters(page);
      await checkMoves(page);
      await checkLooks(page, session);

      const report = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Report', exact: true }).click();
      assert.match(readFileSync(await (await report).path(), 'utf8'), /^<!doctype html>/i);
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'results.json' }).click();
      const saved = JSON.parse(readFileSync(await (await download).path(), 'utf8'));
      assert.equal(saved.results.length, DATASET.length * rows.length);

      await page.locator('.questions a').first().click();
      await page.waitForURL(/#\/contrast\//);
      await page.locator('.lane').first().waitFor();
      await markAsExpected(page, session);
      await page.goBack();
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.locator('.confirm .danger').click();
      await page.waitForURL(/#\/experiments$/);
      await page.locator('.experiment-list li, .order').first().waitFor();
      assert.equal(await page.locator(`.experiment-list a[href="${address}"]`).count(), 0);
      await session.open(page, address);
      await page.locator('.nowhere', { hasText: 'There is no experiment' }).waitFor();
      const { collections } = await session.api('GET', '/api/collections');
      for (const own of collections.filter((each) => each.name.includes('skerryvore-jsonl'))) {
        await session.api('DELETE', `/api/collections/${own.name}`);
      }
    },
  ],
];
