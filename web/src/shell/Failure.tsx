/** Says what went wrong, in words, and what can be done. */
import { t } from '../i18n';
import { Icon } from './Icon';

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
