/** What a follow-up is asked of, in one line: nothing of it is chosen, all is its conversation's. */
import { t } from '../../i18n';
import { titleOf } from '../../paths/paths';
import { Explained } from '../../shell/Explained';
import { models } from '../../state/catalogue';
import { changedIn, type Target } from '../../state/target';
import { nameOf, shortNameOf } from './ScopeChips';

/** How many parts of a scope are named. */
const MOST_NAMES = 1;

interface Props {
  readonly target: Target;
  /** What differs where it is asked a second time; null where it is not. */
  readonly beside: string | null;
}

export function TargetLine({ target, beside }: Props) {
  const { collection, scope, style, wishes } = target;
  const model = models.value.find(({ name }) => name === target.model)?.title ?? target.model;
  const changed = changedIn(wishes);
  const values = changed.map((wish) => `${t(`sampling.${wish}`)}: ${String(wishes[wish])}`);
  return (
    <p class="target">
      <span class="label">{t('ask.follow.of')}</span>
      {collection !== null && (
        <span>
          {collection} ·{' '}
          {scope.length === 0 ? (
            t('ask.scope.all')
          ) : (
            <Explained name={t('ask.scope')} about={scope.map(nameOf).join(t('list.and'))}>
              <span class="scope-names">
                {scope.slice(0, MOST_NAMES).map(shortNameOf).join(t('list.and'))}
                {scope.length > MOST_NAMES &&
                  ` ${t('ask.scope.more', { n: scope.length - MOST_NAMES })}`}
              </span>
            </Explained>
          )}
        </span>
      )}
      <span>{model}</span>
      {beside !== null && <span>{t('compare.with', { side: beside })}</span>}
      <span>{target.paths.map((path) => titleOf(path)).join(t('list.and'))}</span>
      {style !== null && <span>{t(`style.${style}`)}</span>}
      {changed.length === 0 ? (
        <span>
          {t('ask.sampling')} {t('ask.sampling.greedy')}
        </span>
      ) : (
        <Explained name={t('ask.sampling')} about={values.join(t('list.and'))}>
          {t('ask.sampling')} {t('ask.sampling.changed', { n: changed.length })}
        </Explained>
      )}
    </p>
  );
}
