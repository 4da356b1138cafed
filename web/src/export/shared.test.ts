import { expect, it } from 'vitest';
import { insideOf } from '../maths/lookup';
import { attention, readingPath, trace } from '../testing/traces';
import { ELEMENT, fillPage, readShared, ROOM } from './shared';

const TEMPLATE = `<script type="application/json" id="${ELEMENT}">${ROOM}</script><p id="after"></p>`;

it('carries any text through the page and back', () => {
  const question = 'Why </script><script>alert(1)</script> & <!-- $& “quotes” \u2028?';
  document.body.innerHTML = fillPage(TEMPLATE, {
    trace: { ...trace([readingPath()]), question },
    words: {},
    lookUps: [],
  });
  expect(document.getElementById('after')).not.toBeNull();
  expect(document.scripts).toHaveLength(1);
  expect(readShared()?.trace.question).toBe(question);
  expect(readShared()?.trace.paths[0]?.tokens[1]?.mass[3]).toBe(0.4);
});

it('takes words and look-ups along for as long as there is room', () => {
  const inside = insideOf(attention);
  const found = [0, 1, 2].map((token) => ({
    wanted: { path: 'rag' as const, token, head: null },
    inside,
  }));
  const words = { rag: { pieces: ['a'], rows: 1, greatest: [1], bytes: 'x'.repeat(50_000) } };
  const shared = { trace: trace([readingPath()]), words, lookUps: found };
  const carried = (most: number) => {
    document.body.innerHTML = fillPage(TEMPLATE, shared, most);
    return readShared();
  };

  expect(carried(100_000)).toMatchObject({ words, lookUps: found });
  const less = carried(50_000);
  expect(less?.words).toEqual({});
  expect(less?.lookUps.map(({ wanted }) => wanted.token)).toEqual([0, 1, 2]);
  expect(carried(1)?.lookUps).toEqual([]);
  expect(carried(1)?.trace.question).toBe('Which package?');
});

it('says that an empty page carries nothing', () => {
  document.body.innerHTML = TEMPLATE;
  expect(readShared()).toBeNull();
});

it('refuses a template without room', () => {
  expect(() => fillPage('<p></p>', { trace: trace([]), words: {}, lookUps: [] })).toThrow(
    'not one of Kvasir',
  );
});
