import { expect, it } from 'vitest';
import type { PathTrace } from '../api/types';
import { passageTrace, readingPath } from '../testing/traces';
import { alternativesTo } from './alternatives';

const notice = (code: 'partly-read' | 'first-read' | 'empty-scope') => ({
  code,
  values: {},
  text: '',
});
const read = (code: 'partly-read' | 'first-read' | 'empty-scope'): PathTrace => ({
  ...readingPath('attention'),
  notice: notice(code),
  passages: [passageTrace(3, { rank: 2, tokens: 5 }), passageTrace(9, { rank: 1, tokens: null })],
});

const SECTION = {
  kind: 'part',
  selector: 'faq.html#Chapter › Section 9',
  name: 'Section 9',
};
const CHAPTER = { kind: 'part', selector: 'faq.html#Chapter', name: 'Chapter' };

it('offers the first part of the scope, and where the best passage stands', () => {
  expect(alternativesTo(read('partly-read'), [])).toEqual([
    { kind: 'selection', selection: 'first' },
    SECTION,
    CHAPTER,
  ]);
});

it('offers what retrieval ranks first to whoever read the first part', () => {
  expect(alternativesTo(read('first-read'), ['faq.html'])).toEqual([
    { kind: 'selection', selection: 'retrieved' },
    SECTION,
    CHAPTER,
  ]);
});

it('offers no part that is the scope already', () => {
  expect(alternativesTo(read('partly-read'), ['faq.html#Chapter'])).toEqual([
    { kind: 'selection', selection: 'first' },
    SECTION,
  ]);
});

it('offers the document where there are no headings', () => {
  const passages = [{ ...passageTrace(9, { rank: 1, tokens: 1 }), heading: '' }];
  expect(alternativesTo({ ...read('partly-read'), passages }, []).slice(1)).toEqual([
    { kind: 'part', selector: 'faq.html', name: 'FAQ' },
  ]);
});

it('offers nothing where nothing was left out', () => {
  expect(alternativesTo(read('empty-scope'), [])).toEqual([]);
  expect(alternativesTo(readingPath('attention'), [])).toEqual([]);
});
