import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, it, vi } from 'vitest';
import { refreshLimits } from '../state/catalogue';
import { DropZone } from './DropZone';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('takes the files that the server reads, and names a format that has no words by its extension', async () => {
  const documentFormats = [
    { mediaType: 'text/html', extensions: ['html', 'htm', 'xhtml'] },
    { mediaType: 'application/epub+zip', extensions: ['epub'] },
  ];
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify({ documentFormats }))));
  const box = document.createElement('div');
  render(<DropZone name="faq" onFiles={() => undefined} />, box);
  expect(box.querySelector('input')?.accept, 'anything until it is known').toBe('');
  await act(refreshLimits);
  expect(box.querySelector('input')?.accept).toBe(
    '.html,.htm,.xhtml,.epub,text/html,application/epub+zip',
  );
  expect(box.querySelector('.quiet')?.textContent).toBe('HTML, EPUB');
});
