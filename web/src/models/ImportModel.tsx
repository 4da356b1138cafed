/** Takes in a decoder from a GGUF file of the reader's own. */
import { useId, useState } from 'preact/hooks';
import * as api from '../api/client';
import { wordsFor } from '../api/words';
import { t } from '../i18n';
import { Failure } from '../shell/Failure';
import { Icon } from '../shell/Icon';
import { refreshModels } from '../state/catalogue';

export function ImportModel() {
  const input = useId();
  const [sending, setSending] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const take = async (file: File) => {
    setSending(file.name);
    setProblem(null);
    try {
      await api.importModel(file);
    } catch (caught) {
      setProblem(wordsFor(caught));
    } finally {
      setSending(null);
      await refreshModels();
    }
  };
  return (
    <section class="import-model" aria-label={t('models.import')}>
      <p>
        <Icon name="upload" />
        <label class="link" for={input}>
          {t('models.import')}
        </label>
        <input
          id={input}
          class="unseen"
          type="file"
          accept=".gguf"
          disabled={sending !== null}
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            event.currentTarget.value = '';
            if (file !== undefined) {
              void take(file);
            }
          }}
        />
        <span class="quiet">{t('models.import.about')}</span>
      </p>
      {sending !== null && (
        <p class="job-line" role="status">
          {t('models.import.sending', { name: sending })} <progress aria-label={sending} />
        </p>
      )}
      {problem !== null && (
        <Failure
          text={problem}
          onClose={() => {
            setProblem(null);
          }}
        />
      )}
    </section>
  );
}
