/** The reader's language: chosen for this browser, else the system's. */
import { signal } from '@preact/signals';
import { kept } from '../browser/kept';

export type Locale = 'en' | 'zh';

const systemLocale: Locale = navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';

export const locale = signal<Locale>(kept('locale', ['en', 'zh'], systemLocale));
