/** Corrections that have no effect, since the text they correct is not in the document any more. */
import { useState } from 'preact/hooks';
import * as api from '../api/client';
import type { DocumentText } from '../api/types';
import { wordsFor } from '../api/words';
import { number, t } from '../i18n';

interface Props {
  readonly found: DocumentText;
  readonly onChange: () => Promise<void>;
}

export function KeptCorrections({ found, onChange }: Props) {
  const [problem, setProblem] = useState<string | null>(null);
  const kept = found.corrections.filter(({ applied }) => !applied);
  if (kept.length === 0) {
    return null;
  }
  const discard = async (id: number) => {
    try {
      await api.withdrawCorrection(found.document.id, id);
      setProblem(null);
      await onChange();
    } catch (caught) {
      setProblem(wordsFor(caught));
    }
  };
  return (
    <details class="kept-corrections">
      <summary>{t('source.kept', { n: number(kept.length) })}</summary>
      <p class="quiet">{t('source.kept.about')}</p>
      {problem !== null && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
      <ul>
        {kept.map(({ id, source, text }) => (
          <li key={id}>
            <p class="stretch-text">
              <del>{source}</del>
            </p>
            <p class="stretch-text">{text ?? t('source.left.out')}</p>
            <button
              type="button"
              class="link"
              onClick={() => {
                void discard(id);
              }}
            >
              {t('source.discard')}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
