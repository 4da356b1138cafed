/** Every term in one sentence, with its formula. */
import { t } from '../../i18n';
import { Formula } from '../formulas/Formula';
import { TERM_NAMES, TERMS } from '../formulas/formulas';

export function Glossary() {
  return (
    <details class="glossary numbers">
      <summary>{t('term.title')}</summary>
      <dl>
        {TERM_NAMES.map((term) => (
          <div key={term}>
            <dt>{t(`term.${term}`)}</dt>
            <dd>{t(`term.${term}.about`)}</dd>
            <dd>
              <Formula lines={TERMS[term]} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
