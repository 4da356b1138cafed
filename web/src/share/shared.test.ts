import { expect, it } from 'vitest';
import { readingPath, trace } from '../testing/traces';
import { ELEMENT, fillPage, readShared, ROOM } from './shared';

const TEMPLATE = `<script type="application/json" id="${ELEMENT}">${ROOM}</script><p id="after"></p>`;

it('carries any text through the page and back', () => {
  const question = 'Why </script><script>alert(1)</script> & <!-- $& “quotes” \u2028?';
  document.body.innerHTML = fillPage(TEMPLATE, {
    trace: { ...trace([readingPath()]), question },
    words: {},
    attention: null,
  });
  expect(document.getElementById('after')).not.toBeNull();
  expect(document.scripts).toHaveLength(1);
  expect(readShared()?.trace.question).toBe(question);
  expect(readShared()?.trace.paths[0]?.tokens[1]?.mass[3]).toBe(0.4);
});

it('says that an empty page carries nothing', () => {
  document.body.innerHTML = TEMPLATE;
  expect(readShared()).toBeNull();
});

it('refuses a template without room', () => {
  expect(() => fillPage('<p></p>', { trace: trace([]), words: {}, attention: null })).toThrow(
    'not one of Kvasir',
  );
});
