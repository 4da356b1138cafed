/** The words for a failure. */
import { t } from '../i18n';
import { Problem, UNREACHABLE } from './client';

/** The words for anything that was thrown. */
export function wordsFor(caught: unknown): string {
  if (caught instanceof Problem && caught.status === UNREACHABLE) {
    return t('failure.unreachable');
  }
  return caught instanceof Error ? caught.message : String(caught);
}
