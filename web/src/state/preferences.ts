/** What the reader chose for this browser: language, theme, and how evidence is drawn. */
import { computed, effect, signal } from '@preact/signals';

export type Locale = 'en' | 'zh';
export type Theme = 'system' | 'light' | 'dark';

function stored<T extends string>(key: string, allowed: readonly T[], otherwise: T): T {
  try {
    const value = localStorage.getItem(`kvasir.${key}`);
    return allowed.find((candidate) => candidate === value) ?? otherwise;
  } catch {
    // A browser that keeps nothing still shows the page.
    return otherwise;
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(`kvasir.${key}`, value);
  } catch {
    // As above: the choice then lasts as long as the page.
  }
}

const systemLocale: Locale = navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';

export const locale = signal<Locale>(stored('locale', ['en', 'zh'], systemLocale));
export const theme = signal<Theme>(stored('theme', ['system', 'light', 'dark'], 'system'));

const darkSystem = matchMedia('(prefers-color-scheme: dark)');
const systemIsDark = signal(darkSystem.matches);
/** Whether the page is drawn dark, by choice or because the system is. */
export const isDark = computed(() =>
  theme.value === 'system' ? systemIsDark.value : theme.value === 'dark',
);

export const excludeSink = signal(stored('sink', ['show', 'hide'], 'show') === 'hide');

/** Whether answers are coloured by where they come from, and attention is shown calibrated. */
export const byKnowledge = signal(stored('knowledge', ['show', 'hide'], 'show') === 'show');
export const calibrated = signal(stored('calibrated', ['show', 'hide'], 'hide') === 'show');

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
    keep('calibrated', calibrated.value ? 'show' : 'hide');
  });
}
