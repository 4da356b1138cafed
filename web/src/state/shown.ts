/** What is shown of contrasts: one, or two of the same question side by side. */
import { batch, computed, effect, type Signal, signal } from '@preact/signals';
import type { AnswerPath, Evidence } from '../api/types';
import { sideBySide } from '../maths/beside';
import type { ContrastView } from '../maths/contrast';
import { standsBeside } from '../paths/laneNames';
import { sides } from './sides';

/** Where a contrast is shown: alone or as the first, or beside another. */
export type Place = Signal<ContrastView | null>;

/** The contrast that is shown, and the one that stands beside it; an event is of one of them. */
export const main = signal<ContrastView | null>(null);
export const other = signal<ContrastView | null>(null);

/** All that is shown: one contrast, or two of the same question side by side. */
export const view = computed(() =>
  main.value === null || other.value === null ? main.value : sideBySide(main.value, other.value),
);
effect(() => {
  const beside = view.value?.beside ?? null;
  sides.value = main.value === null || beside === null ? null : { main: main.value.trace, beside };
});

/** Shows a contrast, alone or with the one that stands beside it. */
export function show(shown: ContrastView | null, beside: ContrastView | null = null): void {
  batch(() => {
    main.value = shown;
    other.value = beside;
  });
}

/** Puts findings about a lane into the trace that is shown, where the server keeps them too. */
export function keepEvidence(lane: AnswerPath, evidence: Evidence): void {
  const place = standsBeside(lane) ? other : main;
  const now = place.value;
  if (now !== null) {
    const paths = now.trace.paths.map((one) => (one.path === lane ? { ...one, evidence } : one));
    place.value = { ...now, trace: { ...now.trace, paths } };
  }
}
