/** What the reader chose for this browser: theme, and how evidence is drawn. */
import { computed, effect, signal } from '@preact/signals';
import { keep, kept } from '../browser/kept';
import { locale } from '../i18n/locale';

export type Theme = 'system' | 'light' | 'dark';

export const theme = signal<Theme>(kept('theme', ['system', 'light', 'dark'], 'system'));

const darkSystem = matchMedia('(prefers-color-scheme: dark)');
const systemIsDark = signal(darkSystem.matches);
/** Whether the page is drawn dark, by choice or because the system is. */
export const isDark = computed(() =>
  theme.value === 'system' ? systemIsDark.value : theme.value === 'dark',
);

export const excludeSink = signal(kept('sink', ['show', 'hide'], 'show') === 'hide');

/** Whether answers are coloured by where they come from, and attention is shown calibrated. */
export const byKnowledge = signal(kept('knowledge', ['show', 'hide'], 'show') === 'show');
export const calibrated = signal(kept('calibrated', ['show', 'hide'], 'hide') === 'show');

/** Whether sentences show the letters of what they attended. */
export const citing = signal(kept('citations', ['show', 'hide'], 'show') === 'show');

/** Applies the choices to the document and keeps them; called once. */
export function applyPreferences(): void {
  darkSystem.addEventListener('change', ({ matches }) => {
    systemIsDark.value = matches;
  });
  effect(() => {
    document.documentElement.lang = locale.value === 'zh' ? 'zh-CN' : 'en';
    keep('locale', locale.value);
  });
  effect(() => {
    document.documentElement.dataset.theme = theme.value;
    keep('theme', theme.value);
  });
  effect(() => {
    keep('sink', excludeSink.value ? 'hide' : 'show');
    keep('knowledge', byKnowledge.value ? 'show' : 'hide');
    keep('citations', citing.value ? 'show' : 'hide');
    keep('calibrated', calibrated.value ? 'show' : 'hide');
  });
}
