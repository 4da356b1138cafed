/** The first components of a vector, drawn and written. */
import { fixed, t } from '../../i18n';

/** How many are written beside being drawn. */
const WRITTEN = 6;

export function Components({ first }: { readonly first: readonly number[] }) {
  const most = Math.max(...first.map(Math.abs), 1e-9);
  return (
    <>
      <p class="label">{t('step.first', { n: first.length })}</p>
      <ol class="components">
        {first.map((value, index) => (
          <li key={index}>
            <span
              class={value < 0 ? 'component negative' : 'component'}
              style={{ '--size': `${(Math.abs(value) / most) * 50}%` }}
            />
            <span class="unseen">{fixed(value, 4)}</span>
          </li>
        ))}
      </ol>
      <p class="vector">
        [
        {first
          .slice(0, WRITTEN)
          .map((value) => fixed(value, 3))
          .join('  ')}{' '}
        …]
      </p>
    </>
  );
}
