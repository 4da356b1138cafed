/** The screen that asks and shows: one composer, folded once something is asked, and the contrast. */
import { useEffect } from 'preact/hooks';
import { wordsFor } from '../api/words';
import { showFindings } from '../export/findings';
import type { Shared } from '../export/shared';
import { t } from '../i18n';
import { locale } from '../i18n/locale';
import { mainOf } from '../maths/beside';
import { Failure } from '../shell/Failure';
import { Icon } from '../shell/Icon';
import { Nowhere } from '../shell/Nowhere';
import { refreshCollections, refreshModels, settled } from '../state/catalogue';
import { route } from '../state/route';
import { earlier } from '../state/earlier';
import { connection, failure, leave, open, opening, reopen, showExample } from '../state/run';
import { view } from '../state/shown';
import { BetterDecoder } from './BetterDecoder';
import { Composer } from './compose/Composer';
import { FollowUp } from './compose/FollowUp';
import { ContrastActions } from './ContrastActions';
import { ContrastSection } from './ContrastSection';
import { EarlierTurns } from './EarlierTurns';
import { Intro } from './Intro';

/** The contrast that comes with the page, in the reader's language. */
const EXAMPLES = {
  en: () => import('../example.en.json'),
  zh: () => import('../example.zh.json'),
} as const;

export function AskScreen() {
  const language = locale.value;
  const here = route.value;
  const id = here.screen === 'contrast' ? here.id : null;
  useEffect(() => {
    if (id !== null) {
      void open(id);
      return;
    }
    if (view.value?.origin !== 'example' && connection.value !== 'asking') {
      leave();
    }
    void EXAMPLES[language]().then((file) => {
      const example = file.default as unknown as Shared;
      if (language === locale.value && showExample(example.trace)) {
        showFindings(example);
      }
    });
  }, [id, language]);
  useEffect(() => {
    // Elsewhere collections and decoders come and go.
    const refresh = () => {
      void refreshCollections();
      void refreshModels();
    };
    if (settled.peek()) {
      refresh();
    }
    addEventListener('focus', refresh);
    return () => {
      removeEventListener('focus', refresh);
    };
  }, [id]);
  const problem = failure.value;
  const shown = view.value;
  const gone = id !== null && shown === null && problem?.status === 404;
  const retry = id !== null && (shown === null || shown.lost) ? () => void reopen(id) : undefined;
  return (
    <div class="ask">
      {shown !== null && shown.origin !== 'example' ? (
        <FollowUp view={shown} key={shown.trace.id} />
      ) : (
        !opening.value && (
          <>
            <Intro />
            <Composer />
          </>
        )
      )}
      {gone && <Nowhere why="nowhere.contrast" />}
      {problem !== null && !gone && (
        <Failure
          text={wordsFor(problem)}
          onRetry={retry}
          onClose={() => {
            failure.value = null;
          }}
        />
      )}
      {opening.value && <progress class="await" aria-label={t('ask.opening')} />}
      {shown !== null && !opening.value && settled.value && (
        <>
          <EarlierTurns traces={earlier.value} />
          {connection.value === 'reconnecting' && (
            <p class="notice" role="status">
              <Icon name="again" />
              {t('lane.reconnecting')}
            </p>
          )}
          {shown.origin !== 'example' && shown.beside === null && (
            <BetterDecoder trace={mainOf(shown)} />
          )}
          <ContrastSection
            view={shown}
            actions={<ContrastActions view={shown} />}
            key={`${shown.trace.id} ${shown.beside?.id ?? ''}`}
          />
        </>
      )}
    </div>
  );
}
