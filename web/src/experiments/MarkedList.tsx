/** The questions that were marked at contrasts: read, given out, and deleted. */
import { useEffect, useState } from 'preact/hooks';
import * as api from '../api/marked';
import type { MarkedQuestion } from '../api/types';
import { wordsFor } from '../api/words';
import { save } from '../browser/save';
import { number, t } from '../i18n';
import { Failure } from '../shell/Failure';
import { Icon } from '../shell/Icon';

export function MarkedList() {
  const [marked, setMarked] = useState<readonly MarkedQuestion[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const act = (action: () => Promise<void>) => {
    setProblem(null);
    action().catch((caught: unknown) => {
      setProblem(wordsFor(caught));
    });
  };
  const look = async () => {
    setMarked(await api.markedQuestions());
  };
  useEffect(() => {
    act(look);
  }, []);
  if (marked.length === 0) {
    return problem === null ? null : <Failure text={problem} />;
  }
  return (
    <details class="numbers marked">
      <summary>{t('marked.title', { n: number(marked.length) })}</summary>
      <p class="quiet">{t('marked.about')}</p>
      <ul>
        {marked.map((each) => (
          <MarkedLine
            key={each.id}
            question={each}
            onDelete={() => {
              act(() => api.deleteMarked(each.id).then(look));
            }}
          />
        ))}
      </ul>
      <button
        type="button"
        onClick={() => {
          act(async () => {
            save(await api.exportMarked(), 'application/jsonl', 'kvasir-questions.jsonl');
          });
        }}
      >
        <Icon name="download" />
        {t('marked.export')}
      </button>
      {problem !== null && <Failure text={problem} />}
    </details>
  );
}

interface LineProps {
  readonly question: MarkedQuestion;
  readonly onDelete: () => void;
}

function MarkedLine({ question, onDelete }: LineProps) {
  const { text, answers, passages } = question;
  const expected = passages.filter((each) => each.expected).length;
  return (
    <li>
      <span>
        <strong>{text}</strong>{' '}
        <span class="quiet">
          {[
            ...(answers.length === 0
              ? []
              : [t('experiments.gold', { answers: answers.join(' · ') })]),
            ...(expected === 0 ? [] : [t('marked.passages', { n: number(expected) })]),
          ].join(' · ')}
        </span>
      </span>
      <button
        type="button"
        class="plain"
        title={t('library.delete')}
        aria-label={`${t('library.delete')}: ${text}`}
        onClick={onDelete}
      >
        <Icon name="trash" />
      </button>
    </li>
  );
}
