import { beforeEach, expect, it } from 'vitest';
import { openStep, pinned } from './focus';
import { endTour, moveTour, startTour, STOPS, tour } from './tour';

beforeEach(endTour);

it('opens one step after the other for one word, and leaves the page as it was', () => {
  startTour('a', { path: 'rag', token: 3 });
  const steps = STOPS.map(() => {
    const open = openStep.value;
    expect(pinned.value).toEqual({ path: 'rag', tokens: new Set([3]) });
    moveTour(1);
    return open;
  });
  expect(steps).toEqual([0, 1, 2, 3, 4, 0]);
  expect(tour.value).toBeNull();
  expect(pinned.value).toBeNull();
});

it('goes back no further than its beginning, and begins anew when it is asked for again', () => {
  startTour('a', { path: 'rag', token: 3 });
  moveTour(-1);
  expect(tour.value?.stop).toBe(0);
  moveTour(1);
  moveTour(1);
  endTour();
  expect(openStep.value).toBe(0);
  startTour('a', { path: 'rag', token: 3 });
  expect(tour.value?.stop).toBe(0);
});
