import { afterEach, expect, it, vi } from 'vitest';
import { upload } from './client';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('sends the name of each file as it is, before the file', async () => {
  let sent: FormData | undefined;
  vi.stubGlobal(
    'fetch',
    vi.fn((_path: string, init: RequestInit) => {
      sent = init.body as FormData;
      return Promise.resolve(new Response('{"id":"j","finished":true,"files":[]}'));
    }),
  );
  const names = ['a"b.md', 'a%22b.md', 'back\\slash;x=y.md'];
  await upload(
    'notes',
    names.map((name) => new File(['text'], name)),
  );
  const entries = [...(sent ?? new FormData()).entries()];
  expect(entries.map(([field]) => field)).toEqual(names.flatMap(() => ['name', 'file']));
  expect(entries.filter(([field]) => field === 'name').map(([, value]) => value)).toEqual(names);
});
