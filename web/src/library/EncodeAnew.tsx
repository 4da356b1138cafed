/** Has a collection encoded with another encoder. */
import { useEffect, useState } from 'preact/hooks';
import type { DocumentCollection } from '../api/types';
import { wordsFor } from '../api/words';
import { languageName, t } from '../i18n';
import { Failure } from '../shell/Failure';
import { encoders, refreshLimits } from '../state/catalogue';
import { encode, jobs } from '../state/uploads';

export function EncodeAnew({ found }: { readonly found: DocumentCollection }) {
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    void refreshLimits();
  }, []);
  const others = encoders.value.filter(({ name }) => name !== found.encoder);
  const running = jobs.value.some(
    (job) => job.encodes && !job.finished && job.collection === found.name,
  );
  const first = others[0];
  if (first === undefined || found.passages === 0 || running) {
    return null;
  }
  if (!open) {
    return (
      <button
        type="button"
        onClick={() => {
          setOpen(true);
        }}
      >
        {t('library.encode')}
      </button>
    );
  }
  const start = async () => {
    try {
      await encode(found.name, chosen ?? first.name);
      setProblem(null);
      setOpen(false);
    } catch (caught) {
      setProblem(wordsFor(caught));
    }
  };
  return (
    <form
      class="new-collection"
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <label class="field">
        <span>{t('library.encode.with')}</span>
        <select
          value={chosen ?? first.name}
          onChange={(event) => {
            setChosen(event.currentTarget.value);
          }}
        >
          {others.map(({ name, languages }) => (
            <option key={name} value={name}>
              {name} · {languages.map(languageName).join(t('list.and'))}
            </option>
          ))}
        </select>
      </label>
      <p class="quiet">{t('library.encode.about', { encoder: found.encoder })}</p>
      {problem !== null && <Failure text={problem} />}
      <div class="confirm-actions">
        <button
          type="button"
          onClick={() => {
            setOpen(false);
          }}
        >
          {t('library.cancel')}
        </button>
        <button type="submit" class="primary">
          {t('library.encode.start')}
        </button>
      </div>
    </form>
  );
}
