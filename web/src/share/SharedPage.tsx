/** An exported contrast: the same lanes and evidence, without a server behind them. */
import { ContrastSection } from '../ask/ContrastSection';
import type { Shared } from '../export/shared';
import { moment, t } from '../i18n';
import { Brand } from '../shell/Brand';
import { PreferenceButtons } from '../shell/PreferenceButtons';
import { useEscape } from '../shell/useEscape';
import { spoken } from '../state/announce';
import { view } from '../state/shown';
import { Contents } from './Contents';

export function SharedPage({ shared }: { readonly shared: Shared }) {
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
        {view.value !== null && <ContrastSection view={view.value} />}
        <Contents shared={shared} />
        <p class="quiet shared-foot">{t('share.foot', { time: moment(shared.trace.createdAt) })}</p>
      </main>
      <div class="unseen" aria-live="polite">
        {spoken.value}
      </div>
    </>
  );
}
