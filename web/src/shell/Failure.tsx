/** Says what went wrong, in words, and what can be done. */
import { Problem, UNREACHABLE } from '../api/client';
import { t } from '../i18n';
import { Icon } from './Icon';

/** The words for anything that was thrown. */
export function wordsFor(caught: unknown): string {
  if (caught instanceof Problem && caught.status === UNREACHABLE) {
    return t('failure.unreachable');
  }
  return caught instanceof Error ? caught.message : String(caught);
}

interface Props {
  readonly text: string;
  readonly onRetry?: (() => void) | undefined;
  readonly onClose?: (() => void) | undefined;
}

export function Failure({ text, onRetry, onClose }: Props) {
  return (
    <div class="failure" role="alert">
      <Icon name="warn" />
      <p>
        <strong>{t('failure.title')}</strong> {text}
      </p>
      {onRetry !== undefined && (
        <button type="button" onClick={onRetry}>
          {t('failure.retry')}
        </button>
      )}
      {onClose !== undefined && (
        <button type="button" class="plain" aria-label={t('failure.close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}
