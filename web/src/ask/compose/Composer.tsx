/** Where a new question is written and everything about it is chosen. */
import { useState } from 'preact/hooks';
import type { ExampleQuestion } from '../../api/types';
import { t } from '../../i18n';
import { settled } from '../../state/catalogue';
import * as draft from '../../state/draft';
import { ask, running } from '../../state/run';
import { type Obstacle, obstacleTo, requestFor } from '../../state/target';
import { AskButton } from './AskButton';
import { DroppedFiles } from './DroppedFiles';
import { ObstacleNotice } from './ObstacleNotice';
import { ScopeChips } from './ScopeChips';
import { ScopeFit } from './ScopeFit';
import { Settings } from './Settings';

export function Composer() {
  const obstacle = obstacleTo(draft.target.value);
  return (
    <DroppedFiles>
      <form
        class="composer"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div class="composer-row">
          <textarea
            rows={1}
            name="question"
            aria-label={t('ask.question')}
            placeholder={t('ask.placeholder')}
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
          <AskButton ready={ready()} why={obstacle === null ? undefined : 'ask-off'} />
        </div>
        {settled.value && <Choices obstacle={obstacle} />}
      </form>
    </DroppedFiles>
  );
}

/** What it is asked of, and what could be asked. */
function Choices({ obstacle }: { readonly obstacle: Obstacle | null }) {
  const examples = draft.collection.value?.examples ?? [];
  return (
    <>
      <Settings />
      <ScopeChips />
      <ScopeFit />
      {obstacle !== null && <ObstacleNotice obstacle={obstacle} id="ask-off" />}
      {examples.length > 0 && <Examples examples={examples} />}
    </>
  );
}

/** Samples shown before the reader asks for all, so that an answer is in sight below them. */
const FEW = 3;

function Examples({ examples }: { readonly examples: readonly ExampleQuestion[] }) {
  const [all, setAll] = useState(false);
  const left = examples.length - FEW;
  return (
    <div class="examples">
      <span class="label">{t('ask.try')}</span>
      <ul>
        {(all ? examples : examples.slice(0, FEW)).map((example) => (
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
        {left > 0 && (
          <li>
            <button
              type="button"
              class="chip more"
              aria-expanded={all}
              onClick={() => {
                setAll(!all);
              }}
            >
              {all ? t('ask.try.few') : t('ask.try.more', { n: left })}
            </button>
          </li>
        )}
      </ul>
    </div>
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
