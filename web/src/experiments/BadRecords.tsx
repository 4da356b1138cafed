/** Tells which records of a dataset could not be read. */
import type { Experiment } from '../api/types';
import { number, t } from '../i18n';

export function BadRecords({ dataset }: { readonly dataset: Experiment['plan']['dataset'] }) {
  const { bad, badRecords } = dataset;
  if (badRecords === 0) {
    return null;
  }
  return (
    <details class="notice bad-records">
      <summary>{t('experiments.bad', { n: number(badRecords) })}</summary>
      <ul>
        {bad.map(({ file, line, reason }, place) => (
          <li key={place}>
            {file}
            {line > 0 && `:${line}`} — {reason}
          </li>
        ))}
        {badRecords > bad.length && (
          <li>{t('ask.scope.more', { n: number(badRecords - bad.length) })}</li>
        )}
      </ul>
    </details>
  );
}
