/** What this is, in one sentence, for whoever has not asked anything yet. */
import { t } from '../i18n';

export function Intro() {
  return <p class="intro">{t('ask.intro')}</p>;
}
