/** Every term in one sentence, with its formula. */
import { t } from '../../i18n';

const TERMS = [
  'query',
  'key',
  'value',
  'score',
  'mass',
  'lift',
  'sink',
  'share',
  'calibrated',
  'heads',
  'delta',
  'attribution',
  'knowledge',
  'overlap',
  'tau',
  'rbo',
] as const;

export function Glossary() {
  return (
    <details class="glossary numbers">
      <summary>{t('term.title')}</summary>
      <dl>
        {TERMS.map((term) => (
          <div key={term}>
            <dt>{t(`term.${term}`)}</dt>
            <dd>{t(`term.${term}.about`)}</dd>
            <dd class="formula">{t(`term.${term}.formula`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
