/** What a screen is called, for the browser's tabs and history. */
import { computed } from '@preact/signals';
import { t } from '../i18n';
import { route } from './route';
import { view } from './shown';

export const title = computed(() => {
  const here = route.value;
  switch (here.screen) {
    case 'contrast':
      return named(
        view.value?.trace.id === here.id || view.value?.beside?.id === here.id
          ? view.value.trace.question
          : t('nav.ask'),
      );
    case 'library':
      return named(here.collection ?? t('nav.library'));
    case 'ask':
    case 'history':
    case 'experiments':
    case 'models':
      return named(t(`nav.${here.screen}`));
    case 'nowhere':
      return named(t('nowhere.title'));
  }
});

const named = (name: string) => `${name} · Kvasir`;
