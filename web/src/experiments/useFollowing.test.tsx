import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useFollowing } from './useFollowing';

const place = document.createElement('div');
const ask = vi.fn(() => Promise.resolve());

function Follower({ moving }: { readonly moving: boolean }) {
  useFollowing(ask, moving);
  return null;
}

const follow = (moving: boolean) =>
  act(() => {
    render(<Follower moving={moving} />, place);
  });

function see(seen: boolean): void {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(!seen);
  document.dispatchEvent(new Event('visibilitychange'));
}

beforeEach(() => {
  vi.useFakeTimers();
  ask.mockClear();
});

afterEach(async () => {
  await act(() => {
    render(null, place);
  });
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it('asks once where nothing moves', async () => {
  await follow(false);
  await vi.advanceTimersByTimeAsync(5000);
  expect(ask).toHaveBeenCalledTimes(1);
});

it('asks each second while it moves, and no more when it has ended', async () => {
  await follow(true);
  await vi.advanceTimersByTimeAsync(3000);
  expect(ask).toHaveBeenCalledTimes(4);
  await follow(false);
  await vi.advanceTimersByTimeAsync(3000);
  expect(ask).toHaveBeenCalledTimes(4);
});

it('asks nothing while nobody looks, and at once when somebody does', async () => {
  await follow(true);
  see(false);
  await vi.advanceTimersByTimeAsync(5000);
  expect(ask).toHaveBeenCalledTimes(1);
  see(true);
  expect(ask).toHaveBeenCalledTimes(2);
});

it('waits for an answer before it asks again', async () => {
  await follow(true);
  ask.mockImplementation(() => new Promise<void>(() => undefined));
  await vi.advanceTimersByTimeAsync(5000);
  expect(ask).toHaveBeenCalledTimes(2);
  ask.mockImplementation(() => Promise.resolve());
});
