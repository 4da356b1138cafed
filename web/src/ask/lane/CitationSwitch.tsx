/** Says what the letters in an answer are, and switches them off. */
import type { PathTrace } from '../../api/types';
import { t } from '../../i18n';
import { Explained } from '../../shell/Explained';
import { Switch } from '../../shell/Switch';
import { citing } from '../../state/preferences';

export function CitationSwitch({ path }: { readonly path: PathTrace }) {
  const cited =
    path.tokens.some(({ mass }) => mass.length > 0) &&
    path.passages.some(({ inPrompt }) => inPrompt !== null);
  return cited ? (
    <p class="cite-switch">
      <Switch on={citing} text={t('cite.show')} />
      <Explained name={t('cite.show')} about={t('cite.about')} />
    </p>
  ) : null;
}
