/** What somebody can do with a passage in its source: correct it, leave it out, undo that. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import * as api from '../api/client';
import { wordsFor } from '../api/words';
import { number, t } from '../i18n';
import type { Stretch } from '../maths/stretches';

interface Props {
  readonly document: number;
  readonly stretch: Stretch;
  readonly onChange: () => Promise<void>;
  /** What the document has there. */
  readonly children: ComponentChildren;
}

export function PassageTools({ document, stretch, onChange, children }: Props) {
  const { passage, correction } = stretch;
  const [draft, setDraft] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const n = number(((passage ?? correction)?.ordinal ?? 0) + 1);
  const run = async (change: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await change();
      setProblem(null);
      setDraft(null);
      await onChange();
    } catch (caught) {
      setProblem(wordsFor(caught));
    } finally {
      setBusy(false);
    }
  };
  if (draft !== null && passage !== null) {
    return (
      <form
        class="correction-form"
        onSubmit={(event) => {
          event.preventDefault();
          void run(() => api.correctPassage(document, { passage: passage.id, text: draft }));
        }}
      >
        <textarea
          aria-label={t('source.correct.text')}
          value={draft}
          rows={Math.min(14, 3 + Math.ceil(draft.length / 70))}
          ref={(field) => {
            field?.focus();
          }}
          onInput={(event) => {
            setDraft(event.currentTarget.value);
          }}
        />
        <p class="quiet">{t('source.correct.about')}</p>
        {problem !== null && (
          <p class="field-problem" role="alert">
            {problem}
          </p>
        )}
        <div class="confirm-actions">
          <button
            type="button"
            onClick={() => {
              setDraft(null);
              setProblem(null);
            }}
          >
            {t('library.cancel')}
          </button>
          <button
            type="submit"
            class="primary"
            disabled={busy || draft.trim() === '' || draft.trim() === passage.value}
          >
            {t('source.correct.save')}
          </button>
        </div>
      </form>
    );
  }
  return (
    <>
      {passage !== null && correction !== null ? (
        <>
          <div class="stretch-text">{passage.value}</div>
          <details class="as-document">
            <summary>{t('source.as.document')}</summary>
            <div class="stretch-text">{children}</div>
          </details>
        </>
      ) : (
        <div class="stretch-text">{children}</div>
      )}
      {problem !== null && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
      <div class={correction === null ? 'stretch-tools' : 'stretch-tools standing'}>
        {correction !== null && (
          <>
            <span class="by-hand">
              {t(passage === null ? 'source.left.out' : 'source.corrected')}
            </span>
            <button
              type="button"
              class="link"
              disabled={busy}
              onClick={() => {
                void run(() => api.withdrawCorrection(document, correction.id));
              }}
            >
              {t(passage === null ? 'source.take.in' : 'source.undo')}
            </button>
          </>
        )}
        {passage !== null && (
          <>
            <button
              type="button"
              class="link"
              disabled={busy}
              aria-label={t('source.correct.one', { n })}
              onClick={() => {
                setDraft(passage.value);
              }}
            >
              {t('source.correct')}
            </button>
            <button
              type="button"
              class="link"
              disabled={busy}
              aria-label={t('source.leave.out.one', { n })}
              onClick={() => {
                void run(() =>
                  api.correctPassage(document, { passage: passage.id, leftOut: true }),
                );
              }}
            >
              {t('source.leave.out')}
            </button>
          </>
        )}
      </div>
    </>
  );
}
