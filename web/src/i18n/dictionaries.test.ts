import { expect, it } from 'vitest';
import { en, type Key } from './en';
import { zh } from './zh';

const places = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();

it('fills the same places in both languages', () => {
  for (const key of Object.keys(en) as Key[]) {
    expect(places(zh[key]), key).toEqual(places(en[key]));
  }
});

it('leaves nothing untranslated but names', () => {
  const same = (Object.keys(en) as Key[]).filter((key) => en[key] === zh[key]);
  expect(same.sort()).toEqual([
    'agree.none',
    'agree.tau',
    'format.application/pdf',
    'format.text/html',
    'format.text/markdown',
    'list.lexical',
    'path.rag',
    'sampling.minP',
    'sampling.topK',
    'sampling.topP',
  ]);
});
