/** Says before anything runs how much of the scope the path that reads it whole would read. */
import type { Fit } from '../../api/types';
import { number, t } from '../../i18n';
import { readsScope } from '../../paths/paths';
import { Icon } from '../../shell/Icon';
import * as draft from '../../state/draft';
import { useFit } from './useFit';

export function ScopeFit() {
  const read = draft.paths.value.some(readsScope);
  const collection = read ? (draft.collection.value?.name ?? null) : null;
  const { budget } = draft.wishes.value;
  const fit = useFit(collection, draft.scope.value, budget);
  // The line stands before it is known what it says, so that nothing moves then.
  return collection === null ? null : (
    <p class="scope-fit" role="status">
      {fit !== null && fit.left > 0 && draft.scope.value.length > 0 && <Icon name="warn" />}
      {fit === null ? '\u00a0' : fitText(fit, budget)}
    </p>
  );
}

/** How much fits, in words. */
export function fitText(fit: Fit, budget: number): string {
  return t(fit.left > 0 ? 'ask.scope.over' : 'ask.scope.fits', {
    passages: number(fit.passages),
    tokens: number(fit.tokens),
    fitting: number(fit.fitting),
    left: number(fit.left),
    budget: number(budget),
  });
}
