/** Where a question is written and everything about it is chosen. */
import { useRef } from 'preact/hooks';
import { t } from '../i18n';
import { Icon } from '../shell/Icon';
import * as draft from '../state/draft';
import { ask, running, stop } from '../state/run';
import { Settings } from './Settings';

export function Composer() {
  const text = useRef<HTMLTextAreaElement>(null);
  const examples = draft.collection.value?.examples ?? [];
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div class="composer-row">
        <textarea
          ref={text}
          rows={1}
          name="question"
          aria-label={t('ask.question')}
          placeholder={t('ask.placeholder')}
          title={t('ask.hint')}
          value={draft.question.value}
          onInput={(event) => {
            draft.question.value = event.currentTarget.value;
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
              event.preventDefault();
              submit();
            }
          }}
        />
        {running.value ? (
          <button type="button" class="primary" onClick={() => void stop()}>
            <Icon name="stop" />
            {t('ask.stop')}
          </button>
        ) : (
          <button type="submit" class="primary" disabled={draft.question.value.trim() === ''}>
            <Icon name="send" />
            {t('ask.ask')}
          </button>
        )}
      </div>
      <Settings />
      {examples.length > 0 && (
        <div class="examples">
          <span class="label">{t('ask.try')}</span>
          <ul>
            {examples.map((example) => (
              <li key={example.question}>
                <button
                  type="button"
                  class="chip"
                  onClick={() => {
                    draft.applyExample(example);
                    text.current?.focus();
                  }}
                >
                  {example.question}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </form>
  );
}

function submit(): void {
  if (draft.question.value.trim() !== '' && !running.value) {
    void ask(draft.requestFor(draft.question.value, null));
  }
}
