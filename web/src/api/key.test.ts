import { afterEach, expect, it, vi } from 'vitest';
import { models } from './client';
import { giveKey, keyWanted } from './key';

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
  expect(await both).toEqual([{ models: [] }, { models: [] }]);
  expect(keyWanted.value).toBeNull();
  expect(await models()).toEqual({ models: [] });
  expect(sent.slice(0, 2)).toEqual([null, null]);
  expect(sent.at(-1)).toBe('Bearer right');
});

it('asks again for what cannot be sent as a key, and forgets one that was kept', async () => {
  sessionStorage.setItem('kvasir.key', 'schlüssel\n');
  vi.resetModules();
  const { askForKey, currentKey, giveKey, keyWanted } = await import('./key');
  expect(currentKey()).toBeNull();
  const asked = askForKey();
  for (const wrong of ['密钥', 'two words', 'kv_🗝', '']) {
    giveKey(wrong);
    expect(keyWanted.value, wrong).toBe('unknown');
    expect(currentKey()).toBeNull();
  }
  giveKey('kv_right');
  expect(await asked).toBe('kv_right');
  expect(keyWanted.value).toBeNull();
});
