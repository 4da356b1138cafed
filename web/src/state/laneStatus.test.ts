import { expect, it } from 'vitest';
import type { PathTrace, Status } from '../api/types';
import { readingPath } from '../testing/traces';
import { laneStatus } from './laneStatus';

it('tells every way to end from every other, in words and in colour', () => {
  const ends: readonly (readonly [
    PathTrace['finishReason'],
    string | null,
    string,
    Status,
    string,
  ])[] = [
    ['stop', null, 'dpkg', 'complete', 'done'],
    ['stop', null, '\n', 'complete', 'stopped'],
    ['length', null, 'dpkg', 'complete', 'cut'],
    ['length', null, 'dpkg', 'running', 'cut'],
    ['repetition', null, 'dpkg dpkg', 'complete', 'cut'],
    ['cancelled', null, 'dpkg', 'cancelled', 'stopped'],
    [null, null, '', 'cancelled', 'stopped'],
    ['error', 'It broke.', 'dpkg', 'failed', 'failed'],
    ['length', 'It broke.', 'dpkg', 'failed', 'failed'],
  ];
  const words = new Map<string, string>();
  for (const [finishReason, error, answer, status, tone] of ends) {
    const path = { ...readingPath(), finishReason, error, answer };
    const shown = laneStatus(path, undefined, status, false);
    expect(shown.tone, JSON.stringify([finishReason, error, status])).toBe(tone);
    words.set(shown.text, tone);
  }
  expect([...words.values()].sort()).toEqual([
    'cut',
    'cut',
    'done',
    'failed',
    'stopped',
    'stopped',
  ]);
});

it('does not call an answer busy that nobody follows any more', () => {
  const path = { ...readingPath(), finishReason: null };
  expect(laneStatus(path, undefined, 'running', false).tone).toBe('busy');
  expect(laneStatus(path, undefined, 'running', true).tone).toBe('stopped');
});
