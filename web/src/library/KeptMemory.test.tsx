import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, it, vi } from 'vitest';
import { KeptMemory } from './KeptMemory';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('switches keeping on and says what is kept and what it takes', async () => {
  const sent: string[] = [];
  let kept = false;
  vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
    const method = init?.method ?? 'GET';
    sent.push(`${method} ${path}`);
    kept = method === 'PUT' || (kept && method !== 'DELETE');
    const answer = kept
      ? { kept, entries: 2, tokens: 3900, bytes: 180_000_000 }
      : { kept, entries: 0, tokens: 0, bytes: 0 };
    return Promise.resolve(new Response(JSON.stringify(answer)));
  });
  const root = document.body.appendChild(document.createElement('div'));
  await act(() => {
    render(<KeptMemory collection="faq" />, root);
  });
  await vi.waitFor(() => {
    expect(root.querySelector('input')?.checked).toBe(false);
  });
  await act(() => {
    root.querySelector('input')?.click();
  });
  await vi.waitFor(() => {
    expect(root.textContent).toContain('3,900');
  });
  expect(root.querySelector('input')?.checked).toBe(true);
  expect(sent).toContain('PUT /api/collections/faq/memory');
});
