/** The documents and chapters that a question is asked over, each to be taken away. */
import { t } from '../../i18n';
import { Icon } from '../../shell/Icon';
import * as draft from '../../state/draft';

/** How many are shown; the picker lists the others. */
const MOST_CHIPS = 4;

export function ScopeChips() {
  const scope = draft.scope.value;
  if (scope.length === 0) {
    return null;
  }
  const left = scope.length - MOST_CHIPS;
  return (
    <div class="scope-chips">
      <span class="label">
        {t(draft.scopeIsExamples.value ? 'ask.scope.example' : 'ask.scope.only')}
      </span>
      <ul>
        {scope.slice(0, MOST_CHIPS).map((selector) => (
          <li key={selector}>
            <button
              type="button"
              class="chip removable"
              title={nameOf(selector)}
              onClick={() => {
                draft.chooseScope(scope.filter((other) => other !== selector));
              }}
            >
              <span class="place">{shortNameOf(selector)}</span>
              <span class="unseen">{t('ask.scope.remove')}</span>
              <Icon name="close" />
            </button>
          </li>
        ))}
        {left > 0 && <li class="quiet">{t('ask.scope.more', { n: left })}</li>}
      </ul>
    </div>
  );
}

/** The document and the innermost heading; the whole place is in the title. */
export function shortNameOf(selector: string): string {
  const [document, ...headings] = nameOf(selector).split(' › ');
  return [document, ...headings.slice(-1)].join(' › ');
}

/** A selector as people write places: the document, then its heading. */
export function nameOf(selector: string): string {
  return selector.replace('#', ' › ');
}
