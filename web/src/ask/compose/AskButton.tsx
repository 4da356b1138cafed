/** Asks; stops while something runs. There is one on the screen, wherever the question is written. */
import { t } from '../../i18n';
import { Icon } from '../../shell/Icon';
import { running, stop } from '../../state/run';

interface Props {
  readonly ready: boolean;
  /** What says why nothing can be asked. */
  readonly why: string | undefined;
}

export function AskButton({ ready, why }: Props) {
  return running.value ? (
    <button type="button" class="primary" onClick={() => void stop()}>
      <Icon name="stop" />
      {t('ask.stop')}
    </button>
  ) : (
    <button type="submit" class="primary" disabled={!ready} aria-describedby={why}>
      <Icon name="send" />
      {t('ask.ask')}
    </button>
  );
}
