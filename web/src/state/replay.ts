/** The replay of a contrast: where its clock stands and whether it runs. */
import { batch, signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { ContrastView } from '../maths/contrast';
import { changesOf, lengthOf, viewAt } from '../maths/replay';

export const SPEEDS = [1, 2, 4] as const;

/** Where a replay stands. */
export interface Replay {
  /** The contrast that is replayed. */
  readonly id: string;
  /** Milliseconds since its question was asked. */
  readonly ms: number;
  readonly length: number;
  readonly playing: boolean;
}

export const replay = signal<Replay | null>(null);
export const speed = signal<(typeof SPEEDS)[number]>(1);

/** Begins anew, playing. */
export function startReplay(view: ContrastView): void {
  const { trace } = view;
  replay.value = { id: trace.id, ms: 0, length: lengthOf(trace), playing: true };
  run();
}

/** Goes on from where it stands; from the beginning when it is at its end. */
export function play(): void {
  const now = replay.value;
  if (now !== null) {
    replay.value = { ...now, ms: now.ms >= now.length ? 0 : now.ms, playing: true };
    run();
  }
}

export function pause(): void {
  if (replay.value !== null) {
    replay.value = { ...replay.value, playing: false };
  }
}

/** Sets the clock; a replay that is dragged stands still. */
export function seek(ms: number): void {
  if (replay.value !== null) {
    replay.value = { ...replay.value, ms, playing: false };
  }
}

export function endReplay(): void {
  replay.value = null;
}

let frame = 0;

function run(): void {
  cancelAnimationFrame(frame);
  let before = performance.now();
  const advance = (time: number) => {
    const now = replay.value;
    if (now?.playing !== true) {
      return;
    }
    const ms = Math.min(now.length, now.ms + Math.max(0, time - before) * speed.value);
    before = time;
    batch(() => {
      replay.value = { ...now, ms, playing: ms < now.length };
    });
    frame = requestAnimationFrame(advance);
  };
  frame = requestAnimationFrame(advance);
}

/** The view to show: as it stood where the replay is, else as it is. */
export function useReplayed(whole: ContrastView): ContrastView {
  const changes = useMemo(() => changesOf(whole.trace), [whole]);
  const now = replay.value;
  const shown = now?.id === whole.trace.id ? lastBefore(changes, now.ms) : null;
  // Between two changes nothing is computed or drawn again.
  return useMemo(() => (shown === null ? whole : viewAt(whole, shown)), [whole, shown]);
}

function lastBefore(changes: readonly number[], ms: number): number {
  let low = 0;
  let high = changes.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((changes[middle] ?? 0) <= ms) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return changes[low] ?? 0;
}
