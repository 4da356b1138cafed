import { render } from 'preact';
import { beforeEach, expect, it, vi } from 'vitest';
import type { AnswerPath } from './api/types';
import { ContrastSection } from './ask/ContrastSection';
import { begin, viewOf } from './maths/contrast';
import { wordsOf } from './maths/words';
import { PATHS, titleOf } from './paths/paths';
import { room } from './shell/room';
import { collectionsKnown } from './state/catalogue';
import * as draft from './state/draft';
import { chosenTokens, hoveredToken, openStep } from './state/focus';
import { tints, words, wordsThere } from './state/laboratory';
import { obstacleTo, requestFor, targetOf } from './state/target';
import { readingPath, trace } from './testing/traces';

/** A fourth path is a row of the table; the page's words for it would be in its dictionaries. */
const NOTES = 'notes' as AnswerPath;
/** One that the page has no row for: a newer server's. */
const UNKNOWN = 'graph' as AnswerPath;

vi.mock('./paths/rows', async (original) => {
  const { ROWS } = await original<typeof import('./paths/rows')>();
  const { 'closed-book': closed, rag, attention } = ROWS;
  return {
    ROWS: {
      'closed-book': closed,
      notes: { reads: 'scope', steps: 'inside', usual: true },
      rag,
      attention,
    },
  };
});

beforeEach(() => {
  // The test's browser says nothing about it.
  vi.stubGlobal('isSecureContext', false);
  openStep.value = 0;
  hoveredToken.value = null;
  room.value = 4;
});

function draw(paths: readonly AnswerPath[]): HTMLElement {
  const box = document.createElement('div');
  const lanes = paths.map((path) => ({ ...readingPath(path), finishReason: 'stop' as const }));
  const shown = viewOf({ ...trace(lanes), status: 'complete' }, 'stored');
  render(<ContrastSection view={shown} />, box);
  return box;
}

const laneOf = ({ dataset }: HTMLElement) => dataset.path;
const drawn = () => new Promise((resolve) => setTimeout(resolve));

const textsOf = (box: ParentNode | null, selector: string) =>
  [...(box?.querySelectorAll(selector) ?? [])].map(({ textContent }) => textContent);

it('asks by a fourth path where its row stands, and with what its row needs', () => {
  expect(PATHS).toEqual(['closed-book', 'notes', 'rag', 'attention']);
  draft.togglePath(NOTES);
  expect(draft.paths.value).not.toContain(NOTES);
  draft.togglePath(NOTES);
  expect(draft.paths.value).toEqual(PATHS);

  const target = {
    collection: 'faq',
    scope: [],
    model: null,
    paths: [NOTES],
    style: null,
    wishes: {},
  };
  expect(requestFor('Why?', target, null)).toMatchObject({ paths: [NOTES], collection: 'faq' });
  collectionsKnown.value = true;
  expect(obstacleTo({ ...target, collection: null })).toEqual({ kind: 'no-collection' });
  collectionsKnown.value = false;
  expect(targetOf(trace([readingPath('rag'), readingPath(NOTES)])).paths).toEqual([NOTES, 'rag']);
});

it('points into a fourth path and tints its words', () => {
  hoveredToken.value = { path: NOTES, token: 1 };
  expect([...chosenTokens(NOTES).value]).toEqual([1]);
  expect(chosenTokens('rag').value.size).toBe(0);
  expect(tints(NOTES).value).toBeNull();
  words.value = { [NOTES]: wordsThere(readingPath(NOTES), wordsOf(['a'], [[1], [1]])) };
  expect(tints(NOTES).value?.mass[0]).toBe(1);
  words.value = {};
});

it('gives a fourth path a lane with the steps of its row, a look-up and a ranking', () => {
  openStep.value = 3;
  const box = draw(['rag', NOTES]);
  expect(textsOf(box, '.lane h2').map((title) => title.trim())).toEqual([
    'notes',
    'RAG retrieval outside the model',
  ]);
  const lane = box.querySelector('[data-path="notes"]');
  expect(textsOf(lane, '.step-value')).toEqual(['2 × q', '100 k', 'softmax', 'Σ A·v']);
  expect(lane?.querySelector('.step-panel')?.textContent).toContain('Softmax');
  for (const part of ['.lookups', '.agreement']) {
    const lanes = textsOf(box.querySelector(`${part} .segments`), 'button');
    expect(lanes, part).toEqual(['notes', 'RAG']);
  }
});

it('gives four lanes their room, or a pair to choose, or one', async () => {
  const box = draw(['closed-book', NOTES, 'rag', 'attention']);
  const shown = () => [...box.querySelectorAll<HTMLElement>('.lane.shown')].map(laneOf);
  const pressed = () => textsOf(box, '.tabs [aria-pressed="true"] strong');
  expect(shown()).toEqual(['closed-book', NOTES, 'rag', 'attention']);
  expect(box.querySelector('.tabs')).toBeNull();

  room.value = 3;
  await drawn();
  expect(shown()).toEqual(['rag', 'attention']);
  expect(pressed()).toEqual(['RAG', 'Attention']);
  box.querySelectorAll<HTMLElement>('.tabs button')[1]?.click();
  await drawn();
  expect(shown()).toEqual([NOTES, 'rag']);

  room.value = 1;
  await drawn();
  expect(shown()).toEqual([NOTES]);
  expect(pressed()).toEqual(['notes']);
});

it('shows what a path answered that it does not know, under its name, behind the others', () => {
  const view = begin(trace([]), [UNKNOWN, 'attention', 'rag']);
  expect(view.trace.paths.map(({ path }) => path)).toEqual(['rag', 'attention', UNKNOWN]);
  expect(titleOf(UNKNOWN)).toBe('graph');

  openStep.value = 1;
  const box = draw(['attention', UNKNOWN]);
  const lane = box.querySelector('[data-path="graph"]');
  expect(lane?.querySelector('h2')?.textContent.trim()).toBe('graph');
  expect(textsOf(lane, '.answer [data-token]')).toEqual(['Use', 'dpkg']);
  expect(textsOf(lane, '.card h4')).toEqual(['Section 7', 'Section 8']);
  expect(lane?.querySelector('.step')).toBeNull();
  expect(targetOf(trace([readingPath(UNKNOWN), readingPath('rag')])).paths).toEqual(['rag']);
});
