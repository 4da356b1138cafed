// What a reader does in the library beside adding documents: passages and retrieval.
import assert from 'node:assert/strict';

const open = async (page, session) => {
  await session.open(page, `#/library/${session.own}`);
  await page.getByRole('button', { name: 'Lighthouses', exact: true }).click();
  await page.locator('.drawer .stretch').first().waitFor();
};

export const libraryCases = [
  [
    'a source shows where its passages begin and end; one is corrected, left out, and both undone',
    async (page, session) => {
      await open(page, session);
      const passages = page.locator('.drawer .stretch');
      assert.equal(await passages.count(), 3);
      assert.deepEqual(await page.locator('.stretch-heading').allInnerTexts(), [
        'Lighthouses › The keeper',
        'Lighthouses › The lamp',
        'Lighthouses › The boat',
      ]);
      assert.deepEqual(await page.locator('.stretch-number').allInnerTexts(), ['1', '2', '3']);
      await session.screenshot(page, 'source.png');

      const boat = passages.nth(2);
      await boat.hover();
      await boat.getByRole('button', { name: 'Correct passage 3' }).click();
      await page.getByLabel('What the passage says').fill('A ferry comes every Monday.');
      await page.getByRole('button', { name: 'Save the correction' }).click();
      await boat.getByText('corrected by hand').waitFor();
      const keeper = passages.first();
      await keeper.hover();
      await keeper.getByRole('button', { name: 'Leave out passage 1' }).click();
      await keeper.getByText('left out by hand').waitFor();
      await page.getByText('2 passages · 1 corrected by hand · 1 left out by hand').waitFor();
      await session.checkAccessible(page, 'a corrected source', '.drawer');
      await session.screenshot(page, 'source-corrected.png');
      await page.keyboard.press('Escape');

      const find = async (question) => {
        await page
          .getByRole('searchbox', { name: 'What does a question find here?' })
          .fill(question);
        await page.getByRole('button', { name: 'Find', exact: true }).click();
        await page.locator('.found tbody tr').first().waitFor();
        return page.locator('.found tbody tr').allInnerTexts();
      };
      const [first, ...others] = await find('Which day does the ferry come?');
      assert.match(first, /The boat[\s\S]*corrected by hand[\s\S]*A ferry comes every Monday/);
      assert.ok(others.every((row) => !row.includes('The keeper')));
      await session.checkAccessible(page, 'what was found', '.try-search');
      await session.screenshot(page, 'try-search.png');

      await page.getByRole('button', { name: 'Lighthouses', exact: true }).click();
      await boat.getByRole('button', { name: 'Undo' }).click();
      await keeper.getByRole('button', { name: 'Take in again' }).click();
      await page.locator('.drawer .source-facts', { hasText: /^3 passages(?! ·)/ }).waitFor();
      await page.locator('.drawer .by-hand').first().waitFor({ state: 'detached' });
    },
  ],
  [
    'a conversation is named, found by its title, unfolded and deleted with others',
    async (page, session) => {
      const ask = { collection: session.own, paths: ['closed-book'], sampling: { maxTokens: 1 } };
      const title = `Lamps of ${session.own}`;
      const other = `What burns at ${session.own}?`;
      const first = await session.ask({ ...ask, question: `What burns in ${session.own}?` });
      const conversation = first.split('/').at(-1);
      await session.ask({ ...ask, question: 'And at sunrise?', conversation });
      await session.ask({ ...ask, question: other });
      await session.open(page, '#/history');
      const line = page.locator('.history-list > li', { hasText: `What burns in ${session.own}?` });
      await line.getByRole('button', { name: /^Rename/ }).click();
      await page.getByLabel('Title', { exact: true }).fill(title);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByRole('searchbox').fill(title.toLowerCase());
      const named = page.locator('.history-list > li', { hasText: title });
      await named.getByRole('button', { name: '2 questions' }).click();
      await named.locator('.contrast-lines a').nth(1).waitFor();
      assert.deepEqual(
        (await named.locator('.contrast-lines a').allInnerTexts()).map(
          (each) => each.split('\n')[0],
        ),
        [`What burns in ${session.own}?`, 'And at sunrise?'],
      );
      await session.checkAccessible(page, 'an unfolded conversation');
      await session.screenshot(page, 'history-unfolded.png');
      await page.getByRole('searchbox').fill(`burns ${session.own}`);
      for (const each of [title, other]) {
        await page
          .getByRole('checkbox', { name: `Choose “${each}”` })
          .first()
          .check();
      }
      await page.getByRole('button', { name: 'Delete 2 conversations' }).click();
      await page.locator('.confirm .danger').click();
      await page.getByText('No title and no question contains that.').waitFor();
    },
  ],
  [
    'a question is edited and asked again where a conversation branches off',
    async (page, session) => {
      const ask = { collection: session.own, paths: ['closed-book'], sampling: { maxTokens: 1 } };
      const first = await session.ask({ ...ask, question: 'Who keeps the lamp?' });
      const conversation = first.split('/').at(-1);
      const second = await session.ask({ ...ask, question: 'And the boat?', conversation });
      await session.open(page, second);
      await page.getByText('Who keeps the lamp?').first().waitFor();
      await page.getByRole('button', { name: 'Edit', exact: true }).click();
      await page.locator('.edit-question textarea').fill('And the oil?');
      await page
        .locator('.edit-question')
        .getByRole('button', { name: 'Ask', exact: true })
        .click();
      await page.waitForURL((url) => url.hash !== second && url.hash !== '');
      await page.locator('.earlier', { hasText: 'Who keeps the lamp?' }).waitFor();
      assert.equal(await page.locator('.earlier', { hasText: 'And the boat?' }).count(), 0);
      const { contrasts } = await session.api('GET', `/api/conversations/${conversation}`);
      assert.deepEqual(
        contrasts.map(({ question }) => question),
        ['Who keeps the lamp?', 'And the boat?'],
      );
    },
  ],
];
