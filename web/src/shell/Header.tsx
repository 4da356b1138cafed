/** The bar at the top: screens, language, theme. */
import { t, type Key } from '../i18n';
import { locale, theme, type Theme } from '../state/preferences';
import { format, route, type Route } from '../state/route';
import { view } from '../state/run';
import { Icon } from './Icon';

const NEXT_THEME: Readonly<Record<Theme, Theme>> = {
  system: 'light',
  light: 'dark',
  dark: 'system',
};

export function Header() {
  const shown = view.value;
  // Asking goes back to the contrast that is open, not to an empty page.
  const ask: Route =
    shown === null || shown.origin === 'example'
      ? { screen: 'ask' }
      : { screen: 'contrast', id: shown.trace.id };
  const screens: readonly (readonly [Key, Route, boolean])[] = [
    ['nav.ask', ask, route.value.screen === 'ask' || route.value.screen === 'contrast'],
    ['nav.library', { screen: 'library', collection: null }, route.value.screen === 'library'],
    ['nav.history', { screen: 'history' }, route.value.screen === 'history'],
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
      <span class="header-end">
        <button
          type="button"
          class="plain language"
          lang={locale.value === 'zh' ? 'en' : 'zh-CN'}
          title={t('locale.switch')}
          onClick={() => {
            locale.value = locale.value === 'zh' ? 'en' : 'zh';
          }}
        >
          {locale.value === 'zh' ? 'English' : '中文'}
        </button>
        <button
          type="button"
          class="plain"
          aria-label={t(`theme.${theme.value}`)}
          title={t(`theme.${theme.value}`)}
          onClick={() => {
            theme.value = NEXT_THEME[theme.value];
          }}
        >
          <Icon name={theme.value} />
        </button>
      </span>
    </header>
  );
}

function Brand() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <path d="M8 8v16M8 16l6-8M8 16l6 8" />
      <path class="second" d="M17 8l4.5 16L26 8" />
    </svg>
  );
}
