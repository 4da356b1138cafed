/** The screen that asks and shows: composer, contrast, follow-up. */
import { useEffect } from 'preact/hooks';
import { t } from '../i18n';
import { Failure } from '../shell/Failure';
import { wordsFor } from '../shell/words';
import { route } from '../state/route';
import { Icon } from '../shell/Icon';
import {
  connection,
  earlier,
  failure,
  leave,
  open,
  opening,
  showExample,
  view,
} from '../state/run';
import { Composer } from './Composer';
import { ContrastActions } from './ContrastActions';
import { ContrastSection } from './ContrastSection';
import { EarlierTurns } from './EarlierTurns';
import { FollowUp } from './FollowUp';
import { showFindings } from '../share/findings';
import type { Shared } from '../share/shared';

export function AskScreen() {
  const here = route.value;
  const id = here.screen === 'contrast' ? here.id : null;
  useEffect(() => {
    if (id !== null) {
      void open(id);
      return;
    }
    if (view.value !== null && view.value.origin !== 'example') {
      leave();
    }
    void import('../example.json').then((file) => {
      const example = file.default as unknown as Shared;
      if (showExample(example.trace)) {
        showFindings(example);
      }
    });
  }, [id]);
  const problem = failure.value;
  return (
    <div class="ask">
      <Composer />
      {problem !== null && (
        <Failure
          text={wordsFor(problem)}
          onClose={() => {
            failure.value = null;
          }}
        />
      )}
      {opening.value && <progress class="await" aria-label={t('ask.opening')} />}
      {view.value !== null && !opening.value && (
        <>
          <EarlierTurns traces={earlier.value} />
          {connection.value === 'reconnecting' && (
            <p class="notice" role="status">
              <Icon name="again" />
              {t('lane.reconnecting')}
            </p>
          )}
          <ContrastSection
            view={view.value}
            actions={<ContrastActions view={view.value} />}
            key={view.value.trace.id}
          />
        </>
      )}
      {view.value !== null && view.value.origin !== 'example' && (
        <FollowUp conversation={view.value.trace.conversation} />
      )}
    </div>
  );
}
