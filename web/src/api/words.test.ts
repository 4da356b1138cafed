import { afterEach, expect, it } from 'vitest';
import { locale } from '../i18n/locale';
import { Problem } from './client';
import { wordsFor } from './words';

afterEach(() => {
  locale.value = 'en';
});

it('says what failed in the language of the page, with what the server said', () => {
  const gone = new Problem(404, 'there is no document 5');
  expect(wordsFor(gone)).toBe('There is no document 5.');
  locale.value = 'zh';
  expect(wordsFor(gone)).toMatch(/^[\u4e00-\u9fff].*（There is no document 5\.）$/);
});
