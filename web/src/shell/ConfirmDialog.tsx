/** Asks before something is lost. */
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n';

interface Question {
  readonly text: string;
  readonly answer: (sure: boolean) => void;
}

const asked = signal<Question | null>(null);

/** Asks whether to delete; resolves to the reader's answer. */
export function confirmDelete(text: string): Promise<boolean> {
  return new Promise((resolve) => {
    asked.value = {
      text,
      answer: (sure) => {
        asked.value = null;
        resolve(sure);
      },
    };
  });
}

export function ConfirmDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const question = asked.value;
  useEffect(() => {
    if (question !== null) {
      dialog.current?.showModal();
    }
  }, [question]);
  if (question === null) {
    return null;
  }
  return (
    <dialog
      ref={dialog}
      class="confirm"
      aria-label={t('library.delete')}
      onCancel={() => {
        question.answer(false);
      }}
    >
      <p>{question.text}</p>
      <div class="confirm-actions">
        <button
          type="button"
          onClick={() => {
            question.answer(false);
          }}
        >
          {t('library.cancel')}
        </button>
        <button
          type="button"
          class="danger"
          onClick={() => {
            question.answer(true);
          }}
        >
          {t('library.delete')}
        </button>
      </div>
    </dialog>
  );
}
