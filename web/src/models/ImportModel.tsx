/** Takes in a decoder from a GGUF file of the reader's own. */
import { useId, useState } from 'preact/hooks';
import { importModel } from '../api/importModel';
import { wordsFor } from '../api/words';
import { percent, t } from '../i18n';
import { Failure } from '../shell/Failure';
import { Icon } from '../shell/Icon';
import { refreshModels } from '../state/catalogue';

export function ImportModel() {
  const input = useId();
  const [sending, setSending] = useState<string | null>(null);
  /** How much of it has gone; all of it once the server works on it. */
  const [share, setShare] = useState(0);
  const [problem, setProblem] = useState<string | null>(null);
  const take = async (file: File) => {
    setSending(file.name);
    setShare(0);
    setProblem(null);
    try {
      await importModel(file, setShare);
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
          {t('models.import.sending', { name: sending })}{' '}
          <progress value={share < 1 ? share : undefined} aria-label={sending} />
          {share < 1 && ` ${percent(share)}`}
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
