/** Says why a question cannot be asked, and what to do. */
import { useEffect } from 'preact/hooks';
import { t } from '../../i18n';
import { Icon } from '../../shell/Icon';
import { refreshModels } from '../../state/catalogue';
import type { Obstacle } from '../../state/target';

/** How often it is seen whether a decoder is there by now, in milliseconds. */
const POLL_MS = 2_000;

interface Props {
  readonly obstacle: Obstacle;
  /** Named by the button that is off for it. */
  readonly id: string;
  /** Whether it is in the way of a follow-up, whose collection and decoder are given. */
  readonly follows?: boolean;
}

export function ObstacleNotice({ obstacle, id, follows = false }: Props) {
  const { kind } = obstacle;
  const aboutModel = kind === 'model-not-loaded' || kind === 'no-model' || kind === 'model-gone';
  useEffect(() => {
    if (!aboutModel) {
      return;
    }
    const timer = setInterval(() => void refreshModels(), POLL_MS);
    return () => {
      clearInterval(timer);
    };
  }, [aboutModel]);
  return (
    <p class="notice" role="status" id={id}>
      <Icon name="warn" />
      <span>
        {words(obstacle, follows)} {aboutModel && <a href="#/models">{t('ask.off.models')}</a>}
        {(kind === 'no-collection' || kind === 'collection-gone') && (
          <a href="#/library">{t('ask.empty.library.go')}</a>
        )}
      </span>
    </p>
  );
}

function words(obstacle: Obstacle, follows: boolean): string {
  switch (obstacle.kind) {
    case 'no-paths':
      return t('ask.off.no-paths');
    case 'no-collection':
      return t('ask.empty.library');
    case 'no-model':
      return t('ask.off.no-model');
    case 'collection-gone': {
      const { collection } = obstacle;
      return t(follows ? 'ask.off.collection-gone.follow' : 'ask.off.collection-gone', {
        collection,
      });
    }
    case 'model-gone': {
      const { model } = obstacle;
      return t(follows ? 'ask.off.model-gone.follow' : 'ask.off.model-gone', { model });
    }
    case 'model-not-loaded': {
      const { model, state } = obstacle;
      const values = { model, state: t(`models.state.${state}`) };
      return t(follows ? 'ask.off.model-not-loaded.follow' : 'ask.off.model-not-loaded', values);
    }
  }
}
