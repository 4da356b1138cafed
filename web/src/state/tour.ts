/** The tour of the four steps for one word: at which stop it is. */
import { batch, signal } from '@preact/signals';
import type { AnswerPath } from '../api/types';
import { clearFocus, openStep, pinned } from './focus';

export const STOPS = ['word', 'query', 'similarity', 'selection', 'content', 'together'] as const;
export type Stop = (typeof STOPS)[number];

/** The word that a tour is about. */
export interface TourWord {
  readonly path: AnswerPath;
  readonly token: number;
}

export interface Tour extends TourWord {
  /** The contrast that it is about. */
  readonly id: string;
  readonly stop: number;
}

export const tour = signal<Tour | null>(null);

/** Begins a tour, from its first stop whatever was seen of it before. */
export function startTour(id: string, word: TourWord): void {
  goTo({ ...word, id, stop: 0 });
}

/** Goes on or back; behind the last stop the tour is over. */
export function moveTour(by: 1 | -1): void {
  const now = tour.value;
  if (now !== null) {
    const stop = Math.max(0, now.stop + by);
    if (stop < STOPS.length) {
      goTo({ ...now, stop });
    } else {
      endTour();
    }
  }
}

export function endTour(): void {
  batch(() => {
    tour.value = null;
    openStep.value = 0;
    clearFocus();
  });
}

/** The word stays pinned, and the step that a stop is about stands open in every lane. */
function goTo(next: Tour): void {
  batch(() => {
    tour.value = next;
    pinned.value = { path: next.path, tokens: new Set([next.token]) };
    const step = next.stop;
    openStep.value = step >= 1 && step <= 4 ? step : 0;
  });
}
