/** How an answer ended where it did not end by itself, in words. */
import { t } from '../i18n';

/** What a server writes before the reason of an answer that never came. */
const FAILED = 'failed';

export function endedWords(ended: string): string | null {
  switch (ended) {
    case 'stop':
    case 'ranked':
      return null;
    case 'length':
      return t('lane.length');
    case 'repetition':
      return t('lane.repetition');
    default:
      return ended.startsWith(FAILED) ? t('lane.error') + ended.slice(FAILED.length) : ended;
  }
}
