import { afterEach, expect, it, vi } from 'vitest';
import type { AttentionRequest, Limits } from '../api/types';
import { viewOf } from '../maths/contrast';
import { attention, readingPath, trace } from '../testing/traces';
import { laboratory, lookUp, words } from './laboratory';
import { openLaboratory } from './liveLaboratory';
import { show } from './shown';

afterEach(() => {
  show(null);
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
  show(viewOf({ ...trace([path]), status: 'complete' }, 'stored'));
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
  show(viewOf({ ...trace([path]), status: 'complete' }, 'stored'));
  openLaboratory();
  await laboratory.value?.readWords(path);
  expect(asked.map(({ tokens }) => tokens)).toEqual([[0], [1]]);
  expect(words.value.rag).toMatchObject({ state: 'there', words: { rows: 2, columns: 2 } });
});

it('looks inside by the head that gave passages most at that word', async () => {
  const heads: (number | undefined)[] = [];
  vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
    heads.push((JSON.parse(init.body as string) as AttentionRequest).head);
    return Promise.resolve(new Response(JSON.stringify(attention)));
  });
  show(viewOf({ ...trace([readingPath()]), status: 'complete' }, 'stored'));
  openLaboratory();
  laboratory.value?.lookInside('rag', 1);
  await vi.waitFor(() => {
    expect(lookUp.value?.state).toBe('there');
  });
  expect(heads).toEqual([undefined, 1]);
  expect(lookUp.value?.wanted).toEqual({ path: 'rag', token: 1, head: { layer: 0, head: 1 } });
});
