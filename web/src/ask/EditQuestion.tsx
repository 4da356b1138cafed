/** Asks the question of a contrast otherwise; in a conversation that branches off from there. */
import { useState } from 'preact/hooks';
import * as api from '../api/client';
import { wordsFor } from '../api/words';
import { t } from '../i18n';
import type { ContrastView } from '../maths/contrast';
import { Icon } from '../shell/Icon';
import { Popover } from '../shell/Popover';
import { askAgain } from '../state/askAgain';
import { running } from '../state/run';
import { obstacleTo, targetOf } from '../state/target';

export function EditQuestion({ view }: { readonly view: ContrastView }) {
  const { trace } = view;
  const [text, setText] = useState(trace.question);
  const [problem, setProblem] = useState<string | null>(null);
  const first = trace.conversation === trace.id;
  const again = async () => {
    try {
      const conversation = first ? null : await api.branch(trace.id);
      setProblem(null);
      askAgain(view, text.trim(), conversation);
    } catch (caught) {
      setProblem(wordsFor(caught));
    }
  };
  return (
    <Popover
      name={t('ask.edit')}
      class="edit-question"
      disabled={running.value || obstacleTo(targetOf(trace)) !== null}
      onOpen={() => {
        setText(trace.question);
      }}
      label={
        <>
          <Icon name="pen" />
          {t('ask.edit')}
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void again();
        }}
      >
        <textarea
          aria-label={t('ask.question')}
          rows={3}
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
          }}
        />
        <p class="quiet">{t(first ? 'ask.edit.first' : 'ask.edit.branch')}</p>
        {problem !== null && (
          <p class="field-problem" role="alert">
            {problem}
          </p>
        )}
        <button
          type="submit"
          class="primary"
          disabled={text.trim() === '' || text.trim() === trace.question}
        >
          {t('ask.ask')}
        </button>
      </form>
    </Popover>
  );
}
