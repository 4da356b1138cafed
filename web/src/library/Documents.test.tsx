import { render } from 'preact';
import { expect, it } from 'vitest';
import type { DocumentEntry } from '../api/types';
import { Documents } from './Documents';

const document_ = (title: string, id: number): DocumentEntry => ({
  id,
  collection: 'faq',
  name: `${title}.md`,
  title,
  mediaType: 'text/markdown',
  pages: null,
  characters: 10,
  passages: 1,
  bytes: 10,
  ingestedAt: '2026-01-01T00:00:00Z',
  outdated: false,
});

it('lists documents as people read them', () => {
  const box = document.createElement('div');
  const titles = ['Chapter 10', 'Appendix', 'chapter 2', 'Chapter 1'];
  render(<Documents documents={titles.map(document_)} onDelete={() => undefined} />, box);
  const shown = [...box.querySelectorAll('tbody th button')].map(({ textContent }) => textContent);
  expect(shown).toEqual(['Appendix', 'Chapter 1', 'chapter 2', 'Chapter 10']);
});
