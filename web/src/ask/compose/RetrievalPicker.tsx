/** How passages are found and how many are read, beside the scope that they are found in. */
import { number, t } from '../../i18n';
import { canRead } from '../../paths/paths';
import { Popover } from '../../shell/Popover';
import * as draft from '../../state/draft';
import { changedAmong, type Field, Reset, WishFields } from './WishFields';

const FIELDS: readonly Field[] = ['k', 'budget'];

export function RetrievalPicker() {
  const { k, budget } = draft.wishes.value;
  const collection = draft.collection.value;
  if (collection === null || !draft.paths.value.some(canRead)) {
    return null;
  }
  return (
    <Popover
      name={t('ask.retrieval')}
      class="retrieval"
      label={
        <>
          <span class="label">{t('ask.retrieval')}</span>
          {changedAmong(['k']).length > 0 && `k ${number(k)} · `}
          {t('step.tokens', { n: number(budget) })}
        </>
      }
    >
      <p class="quiet">{t('ask.retrieval.about', { encoder: collection.encoder })}</p>
      <WishFields fields={FIELDS} />
      <Reset keys={FIELDS} />
    </Popover>
  );
}
