/** What a lane is doing, in words. */
import type { PathTrace, Status } from '../api/types';
import { number, t } from '../i18n';
import type { Waiting } from '../state/contrast';

export interface LaneStatus {
  readonly text: string;
  readonly tone: 'busy' | 'done' | 'stopped' | 'failed';
  /** How much of the prompt is read, 0 to 1; null outside of reading. */
  readonly progress: number | null;
}

export function laneStatus(
  path: PathTrace,
  waiting: Waiting | undefined,
  status: Status,
): LaneStatus {
  if (path.error !== null || path.finishReason === 'error') {
    return { text: t('lane.error'), tone: 'failed', progress: null };
  }
  switch (path.finishReason) {
    case null:
      break;
    case 'cancelled':
      return { text: t('lane.cancelled'), tone: 'stopped', progress: null };
    case 'length':
      return { text: t('lane.length'), tone: 'done', progress: null };
    default:
      return { text: t('lane.stop'), tone: 'done', progress: null };
  }
  if (status !== 'running') {
    return { text: t('lane.cancelled'), tone: 'stopped', progress: null };
  }
  return { tone: 'busy', ...busyStatus(path, waiting) };
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
