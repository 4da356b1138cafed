import { afterEach, expect, it, vi } from 'vitest';
import { giveKey, keyWanted } from '../state/key';
import { models } from './client';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('asks for a key once, repeats what was refused, and sends the key from then on', async () => {
  const sent: (string | null)[] = [];
  vi.stubGlobal(
    'fetch',
    vi.fn((_path: string, init: RequestInit) => {
      const key = new Headers(init.headers).get('authorization');
      sent.push(key);
      return Promise.resolve(
        key === 'Bearer right'
          ? new Response('{"models":[]}')
          : new Response('{"title":"Unauthorized"}', { status: 401 }),
      );
    }),
  );
  const both = Promise.all([models(), models()]);
  await vi.waitFor(() => {
    expect(keyWanted.value).toBe('missing');
  });
  giveKey('wrong');
  await vi.waitFor(() => {
    expect(keyWanted.value).toBe('unknown');
  });
  giveKey('right');
  expect(await both).toEqual([[], []]);
  expect(keyWanted.value).toBeNull();
  expect(await models()).toEqual([]);
  expect(sent.slice(0, 2)).toEqual([null, null]);
  expect(sent.at(-1)).toBe('Bearer right');
});
