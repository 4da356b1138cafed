/** Where a question is written and everything about it is chosen. */
import { useRef } from 'preact/hooks';
import { t } from '../../i18n';
import { Icon } from '../../shell/Icon';
import * as draft from '../../state/draft';
import { ask, running, stop, view } from '../../state/run';
import { obstacleTo, requestFor } from '../../state/target';
import { ObstacleNotice } from './ObstacleNotice';
import { ScopeChips } from './ScopeChips';
import { ScopeFit } from './ScopeFit';
import { Settings } from './Settings';

export function Composer() {
  const text = useRef<HTMLTextAreaElement>(null);
  const conversing = view.value !== null && view.value.origin !== 'example';
  const obstacle = obstacleTo(draft.target.value);
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
          placeholder={t(conversing ? 'ask.placeholder.new' : 'ask.placeholder')}
          title={t('ask.hint')}
          value={draft.question.value}
          onInput={(event) => {
            draft.write(event.currentTarget.value);
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
          <button
            type="submit"
            class="primary"
            disabled={!ready()}
            aria-describedby={obstacle === null ? undefined : 'ask-off'}
          >
            <Icon name="send" />
            {t('ask.ask')}
          </button>
        )}
      </div>
      <Settings />
      <ScopeChips />
      <ScopeFit />
      {obstacle !== null && <ObstacleNotice obstacle={obstacle} id="ask-off" />}
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
                    submit();
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

function ready(): boolean {
  return draft.question.value.trim() !== '' && obstacleTo(draft.target.value) === null;
}

function submit(): void {
  if (ready() && !running.value) {
    void ask(requestFor(draft.question.value, draft.target.value, null));
  }
}
