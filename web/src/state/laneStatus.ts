/** What a lane is doing, in words. */
import type { PathTrace, Status } from '../api/types';
import { number, t } from '../i18n';
import type { Waiting } from '../maths/contrast';

type Tone = 'busy' | 'done' | 'cut' | 'stopped' | 'failed';

export interface LaneStatus {
  readonly text: string;
  readonly tone: Tone;
  /** How much of the prompt is read, 0 to 1; null outside of reading. */
  readonly progress: number | null;
}

/** What is known of an answer's end. */
type Ended = Pick<PathTrace, 'finishReason' | 'error' | 'answer'>;

/** Whether an answer ends where it was cut, not where it was finished. */
export function isCut({ finishReason, error }: Ended): boolean {
  return (finishReason === 'length' || finishReason === 'repetition') && error === null;
}

/** How an answer ended. */
export function endOf(path: Ended): { readonly text: string; readonly tone: Tone } {
  if (path.error !== null || path.finishReason === 'error') {
    return { text: t('lane.error'), tone: 'failed' };
  }
  if (isCut(path)) {
    return {
      text: t(path.finishReason === 'length' ? 'lane.length' : 'lane.repetition'),
      tone: 'cut',
    };
  }
  if (path.finishReason === null || path.finishReason === 'cancelled') {
    return { text: t('lane.cancelled'), tone: 'stopped' };
  }
  return path.answer.trim() === ''
    ? { text: t('lane.empty'), tone: 'stopped' }
    : { text: t('lane.stop'), tone: 'done' };
}

export function laneStatus(
  path: PathTrace,
  waiting: Waiting | undefined,
  status: Status,
  lost: boolean,
): LaneStatus {
  if (path.finishReason !== null || path.error !== null || status !== 'running') {
    return { ...endOf(path), progress: null };
  }
  return lost
    ? { text: t('lane.lost'), tone: 'stopped', progress: null }
    : { tone: 'busy', ...busyStatus(path, waiting) };
}

function busyStatus(path: PathTrace, waiting: Waiting | undefined) {
  const prefill = waiting?.prefill ?? null;
  if (prefill !== null && prefill.done < prefill.total) {
    return {
      text: t('lane.reading', { done: number(prefill.done), total: number(prefill.total) }),
      progress: prefill.total === 0 ? 0 : prefill.done / prefill.total,
    };
  }
  const queued = waiting?.queued ?? null;
  if (queued !== null) {
    const text = queued === 0 ? t('lane.queued.next') : t('lane.queued', { n: queued });
    return { text, progress: null };
  }
  const begun = path.tokens.length > 0 || prefill !== null;
  return { text: begun ? t('lane.writing') : t('lane.waiting'), progress: null };
}
