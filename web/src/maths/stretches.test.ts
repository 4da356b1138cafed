import { expect, it } from 'vitest';
import type { Correction, DocumentPassage } from '../api/types';
import { locate, stretchesOf } from './stretches';

const TEXT = 'Owl\nOwls hoot.\nWren\nWrens sing.';

const passage = (id: number, start: number, end: number, value: string): DocumentPassage => ({
  id,
  documentId: 1,
  document: 'birds.md',
  title: 'Birds',
  ordinal: id,
  heading: 'Owl',
  page: null,
  start,
  end,
  key: value,
  value,
  corrected: false,
});

const correction = (passageId: number | null, applied: boolean): Correction => ({
  id: 9,
  passage: passageId,
  applied,
  ordinal: 2,
  heading: 'Wren',
  page: null,
  start: 20,
  end: 31,
  source: 'Wrens sing.',
  occurrence: 0,
  key: 'Wrens sing.',
  value: 'Wrens sing.',
  text: passageId === null ? null : 'Wrens sing loudly.',
  correctedAt: '2026-01-01T00:00:00Z',
});

const OWL = passage(1, 4, 14, 'Owls hoot.');

it('divides a text into passages and what is between them, also where one is left out', () => {
  const left = correction(null, true);
  const stretches = stretchesOf(TEXT, [OWL], [left]);
  expect(stretches.map(({ start, end }) => TEXT.slice(start, end))).toEqual([
    'Owl',
    'Owls hoot.',
    'Wren',
    'Wrens sing.',
  ]);
  expect(stretches.map((stretch) => stretch.passage)).toEqual([null, OWL, null, null]);
  expect(stretches[3]?.correction).toBe(left);
});

it('shows no correction that is not in effect', () => {
  const stretches = stretchesOf(TEXT, [OWL], [correction(null, false)]);
  expect(stretches.map((stretch) => stretch.correction)).toEqual([null, null, null]);
});

it('finds the place of a passage that says something else than its document', () => {
  const wren = passage(2, 20, 31, 'Wrens sing loudly.');
  const place = { start: 20, end: 31, text: 'Wrens  sing loudly.' };
  expect(locate(place, TEXT, [OWL, wren])).toEqual({ start: 20, end: 31 });
  expect(locate(place, TEXT, [OWL])).toBeNull();
});
