/** Says that there is nothing at an address, and where to go on. */
import { type Key, t } from '../i18n';

export function Nowhere({ why }: { readonly why: Key }) {
  return (
    <section class="nowhere" role="alert">
      <h1>{t('nowhere.title')}</h1>
      <p>{t(why)}</p>
      <p class="nowhere-ways">
        <a class="button" href="#/">
          {t('nowhere.ask')}
        </a>
        <a class="button" href="#/history">
          {t('nowhere.history')}
        </a>
      </p>
    </section>
  );
}
