import { afterEach, expect, it, vi } from 'vitest';
import type { AttentionRequest, Limits } from '../api/types';
import { viewOf } from '../maths/contrast';
import { attention, readingPath, trace } from '../testing/traces';
import { laboratory, words } from './laboratory';
import { openLaboratory } from './liveLaboratory';
import { view } from './run';

afterEach(() => {
  view.value = null;
  vi.unstubAllGlobals();
});

/** What the path that is asked about read and wrote. */
const COLUMNS = 102;

/** Both heads of the only layer are watched; the second one points. */
const watched = {
  ...attention,
  selected: [
    [0, 0],
    [0, 1],
  ],
};

/** Answers for attention; no heads were detected for the decoder. */
function answering(asked: AttentionRequest[], numbers: number): void {
  vi.stubGlobal('fetch', (address: string, init: RequestInit) => {
    if (address === '/api/limits') {
      const told: Partial<Limits> = { attentionNumbers: numbers };
      return Promise.resolve(new Response(JSON.stringify(told)));
    }
    const request = JSON.parse(init.body as string) as AttentionRequest;
    if (request.heads === 'best') {
      return Promise.resolve(new Response('{}', { status: 409 }));
    }
    if (request.positions !== true) {
      return Promise.resolve(new Response(JSON.stringify(watched)));
    }
    asked.push(request);
    const rows = request.tokens?.map((token) => [token, 1]);
    const positions = { pieces: ['a', 'b'], attention: rows };
    return Promise.resolve(new Response(JSON.stringify({ positions })));
  });
}

it('reads words by the head that points most where no heads were detected', async () => {
  const path = readingPath();
  const asked: AttentionRequest[] = [];
  answering(asked, COLUMNS + 1);
  view.value = viewOf({ ...trace([path]), status: 'complete' }, 'stored');
  openLaboratory();
  await laboratory.value?.readWords(path);
  for (const request of asked) {
    expect(request).toMatchObject({ layer: 0, head: 1 });
  }
  expect(words.value.rag).toMatchObject({ state: 'there', heads: { layer: 0, head: 1 } });
});

it('asks for no more numbers at once than the server gives', async () => {
  const path = readingPath();
  const asked: AttentionRequest[] = [];
  answering(asked, COLUMNS + 1);
  view.value = viewOf({ ...trace([path]), status: 'complete' }, 'stored');
  openLaboratory();
  await laboratory.value?.readWords(path);
  expect(asked.map(({ tokens }) => tokens)).toEqual([[0], [1]]);
  expect(words.value.rag).toMatchObject({ state: 'there', words: { rows: 2, columns: 2 } });
});
