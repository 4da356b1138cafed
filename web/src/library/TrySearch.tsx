/** What retrieval finds for a question, without an answer. */
import { useId, useState } from 'preact/hooks';
import * as api from '../api/client';
import type { Search } from '../api/types';
import { wordsFor } from '../api/words';
import { t } from '../i18n';
import { Failure } from '../shell/Failure';
import { Icon } from '../shell/Icon';
import { wishes } from '../state/draft';
import { FoundPassages } from './FoundPassages';

export function TrySearch({ collection }: { readonly collection: string }) {
  const [question, setQuestion] = useState('');
  const [k, setK] = useState<number | null>(null);
  const [budget, setBudget] = useState<number | null>(null);
  const [found, setFound] = useState<Search | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const title = useId();
  const find = async () => {
    setBusy(true);
    try {
      setFound(
        await api.search({
          question,
          collection,
          ...(k !== null && { k }),
          ...(budget !== null && { budget }),
        }),
      );
      setProblem(null);
    } catch (caught) {
      setProblem(wordsFor(caught));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="try-search" aria-labelledby={title}>
      <h3 class="label" id={title}>
        {t('search.title')}
      </h3>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void find();
        }}
      >
        <label class="search">
          <Icon name="search" />
          <span class="unseen">{t('search.question')}</span>
          <input
            type="search"
            required
            placeholder={t('search.question')}
            value={question}
            onInput={(event) => {
              setQuestion(event.currentTarget.value);
            }}
          />
        </label>
        <Wish name="k" value={k} usual={wishes.value.k} most={50} onChange={setK} />
        <Wish
          name={t('search.budget')}
          value={budget}
          usual={wishes.value.budget}
          most={1_048_576}
          onChange={setBudget}
        />
        <button type="submit" disabled={busy || question.trim() === ''}>
          {t('search.find')}
        </button>
      </form>
      {problem !== null && (
        <Failure
          text={problem}
          onClose={() => {
            setProblem(null);
          }}
        />
      )}
      <div aria-live="polite">{found !== null && <FoundPassages found={found} />}</div>
    </section>
  );
}

interface WishProps {
  readonly name: string;
  readonly value: number | null;
  /** What a question gets where nothing is said. */
  readonly usual: number;
  readonly most: number;
  readonly onChange: (value: number | null) => void;
}

function Wish({ name, value, usual, most, onChange }: WishProps) {
  return (
    <label class="wish">
      <span>{name}</span>
      <input
        type="number"
        min={1}
        max={most}
        placeholder={String(usual)}
        value={value ?? ''}
        onInput={({ currentTarget }) => {
          onChange(currentTarget.value === '' ? null : currentTarget.valueAsNumber);
        }}
      />
    </label>
  );
}
