/** An exported contrast: the same lanes and evidence, without a server behind them. */
import { useMemo } from 'preact/hooks';
import { ContrastSection } from '../ask/ContrastSection';
import type { Shared } from '../export/shared';
import { moment, t } from '../i18n';
import { viewOf } from '../maths/contrast';
import { Brand } from '../shell/Brand';
import { PreferenceButtons } from '../shell/PreferenceButtons';
import { useEscape } from '../shell/useEscape';
import { spoken } from '../state/announce';
import { Contents } from './Contents';

export function SharedPage({ shared }: { readonly shared: Shared }) {
  const view = useMemo(() => viewOf(shared.trace, 'stored'), [shared]);
  useEscape();
  return (
    <>
      <header class="header">
        <span class="brand">
          <Brand />
          Kvasir
        </span>
        <span class="quiet shared-about">{t('share.about')}</span>
        <PreferenceButtons />
      </header>
      <main class="ask" id="content">
        <ContrastSection view={view} />
        <Contents shared={shared} />
        <p class="quiet shared-foot">{t('share.foot', { time: moment(shared.trace.createdAt) })}</p>
      </main>
      <div class="unseen" aria-live="polite">
        {spoken.value}
      </div>
    </>
  );
}
