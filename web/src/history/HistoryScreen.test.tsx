import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, it, vi } from 'vitest';
import type { Conversation } from '../api/types';
import { HistoryScreen } from './HistoryScreen';

const conversation = (id: string, title: string, contrasts: number): Conversation => ({
  id,
  title,
  named: false,
  createdAt: '2026-01-01T00:00:00Z',
  askedAt: '2026-01-02T00:00:00Z',
  contrasts,
  last: {
    id: `${id}-last`,
    createdAt: '2026-01-02T00:00:00Z',
    status: 'complete',
    conversation: id,
    question: 'And then?',
    collection: 'faq',
    model: 'tiny',
  },
});

afterEach(() => {
  vi.unstubAllGlobals();
});

it('shows conversations by their titles, and the questions of one that is unfolded', async () => {
  const lines = [{ ...conversation('a', '', 1).last, id: 'first', question: 'What sings?' }];
  vi.stubGlobal('fetch', (path: string) =>
    Promise.resolve(
      new Response(
        JSON.stringify(
          path.startsWith('/api/conversations?')
            ? { conversations: [conversation('a', 'Birds', 2), conversation('b', 'Owls', 1)] }
            : { contrasts: lines },
        ),
      ),
    ),
  );
  const box = document.body.appendChild(document.createElement('div'));
  await act(() => {
    render(<HistoryScreen />, box);
  });
  await vi.waitFor(
    () => {
      const titles = [...box.querySelectorAll('.history-list > li > a strong')];
      expect(titles.map(({ textContent }) => textContent)).toEqual(['Birds', 'Owls']);
    },
    { timeout: 4000 },
  );
  expect(box.querySelector('.history-list > li > a')?.getAttribute('href')).toBe(
    '#/contrast/a-last',
  );
  box.querySelector<HTMLButtonElement>('.questions')?.click();
  await vi.waitFor(() => {
    expect(box.querySelector('.contrast-lines a')?.textContent).toContain('What sings?');
  });
  expect(box.querySelector('.page-head .danger')).toBeNull();
  await act(() => {
    box.querySelectorAll<HTMLInputElement>('input[type=checkbox]').forEach((each) => {
      each.click();
    });
  });
  expect(box.querySelector('.page-head .danger')?.textContent).toContain('2');
});
