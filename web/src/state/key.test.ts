import { expect, it, vi } from 'vitest';

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
