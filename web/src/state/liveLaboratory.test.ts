import { afterEach, expect, it, vi } from 'vitest';
import type { AttentionRequest, Limits } from '../api/types';
import { viewOf } from '../maths/contrast';
import { readingPath, trace } from '../testing/traces';
import { laboratory, words } from './laboratory';
import { openLaboratory } from './liveLaboratory';
import { view } from './run';

afterEach(() => {
  view.value = null;
  vi.unstubAllGlobals();
});

it('asks for no more numbers at once than the server gives', async () => {
  const path = readingPath();
  const columns = (path.prompt?.tokens ?? 0) + path.tokens.length;
  const asked: (readonly number[])[] = [];
  vi.stubGlobal('fetch', (address: string, init: RequestInit) => {
    if (address === '/api/limits') {
      const told: Partial<Limits> = { attentionNumbers: columns + 1 };
      return Promise.resolve(new Response(JSON.stringify(told)));
    }
    const { tokens = [] } = JSON.parse(init.body as string) as AttentionRequest;
    asked.push(tokens);
    const attention = tokens.map((token) => [token, 1]);
    const positions = { pieces: ['a', 'b'], attention };
    return Promise.resolve(new Response(JSON.stringify({ positions })));
  });
  view.value = viewOf({ ...trace([path]), status: 'complete' }, 'stored');
  openLaboratory();
  await laboratory.value?.readWords(path);
  expect(asked).toEqual([[0], [1]]);
  expect(words.value.rag).toMatchObject({ state: 'there', words: { rows: 2, columns: 2 } });
});
