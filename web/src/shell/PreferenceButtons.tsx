/** Language and theme, as buttons for the end of a header. */
import { t } from '../i18n';
import { locale } from '../i18n/locale';
import { theme, type Theme } from '../state/preferences';
import { Icon } from './Icon';

const NEXT_THEME: Readonly<Record<Theme, Theme>> = {
  system: 'light',
  light: 'dark',
  dark: 'system',
};

export function PreferenceButtons() {
  return (
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
  );
}
