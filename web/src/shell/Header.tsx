/** The bar at the top: screens, language, theme. */
import { type Key, t } from '../i18n';
import { format, route, type Route } from '../state/route';
import { view } from '../state/shown';
import { Brand } from './Brand';
import { PreferenceButtons } from './PreferenceButtons';

export function Header() {
  const shown = view.value;
  // Asking goes back to the contrast that is open, not to an empty page.
  const ask: Route =
    shown === null || shown.origin === 'example'
      ? { screen: 'ask' }
      : { screen: 'contrast', id: (shown.beside ?? shown.trace).id };
  const screens: readonly (readonly [Key, Route, boolean])[] = [
    ['nav.ask', ask, route.value.screen === 'ask' || route.value.screen === 'contrast'],
    ['nav.library', { screen: 'library', collection: null }, route.value.screen === 'library'],
    ['nav.history', { screen: 'history' }, route.value.screen === 'history'],
    ['nav.experiments', { screen: 'experiments', id: null }, route.value.screen === 'experiments'],
    ['nav.models', { screen: 'models' }, route.value.screen === 'models'],
  ];
  return (
    <header class="header">
      <a class="brand" href="#/">
        <Brand />
        Kvasir
      </a>
      <nav aria-label={t('nav.label')}>
        {screens.map(([key, to, here]) => (
          <a key={key} href={format(to)} aria-current={here ? 'page' : undefined}>
            {t(key)}
          </a>
        ))}
      </nav>
      <PreferenceButtons />
    </header>
  );
}
