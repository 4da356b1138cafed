/** Says of a contrast what should have been answered, or which passage answers. */
import { useState } from 'preact/hooks';
import { wordsFor } from '../../api/words';
import { t } from '../../i18n';
import { Icon } from '../../shell/Icon';
import { Popover } from '../../shell/Popover';
import type { Laboratory } from '../../state/laboratory';

/** The longest answer that can be expected; the server says the same. */
const MOST_CHARACTERS = 2000;

/** Nothing yet; kept; or why not. */
type State = 'open' | 'kept' | { readonly why: string };

function useMark(mark: () => Promise<void>): readonly [State, () => void] {
  const [state, setState] = useState<State>('open');
  return [
    state,
    () => {
      setState('open');
      mark()
        .then(() => {
          setState('kept');
        })
        .catch((caught: unknown) => {
          setState({ why: wordsFor(caught) });
        });
    },
  ];
}

const saidOf = (state: State): string =>
  state === 'kept' ? t('mark.kept') : state === 'open' ? '' : state.why;

interface AnswerProps {
  readonly laboratory: Laboratory;
  readonly answer: string;
}

/** A whole sentence is rarely what one wants to find in an answer, so it can be shortened first. */
export function ExpectedAnswer({ laboratory, answer }: AnswerProps) {
  const [text, setText] = useState(answer.trim().slice(0, MOST_CHARACTERS));
  const [state, mark] = useMark(() => laboratory.mark({ answer: text }));
  return (
    <Popover
      class="marking"
      name={t('mark.answer')}
      label={
        <span title={t('mark.answer')}>
          <Icon name="check" />
          <span class="unseen">{t('mark.answer')}</span>
        </span>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          mark();
        }}
      >
        <label class="field">
          <span>{t('mark.answer')}</span>
          <textarea
            required
            rows={3}
            maxLength={MOST_CHARACTERS}
            value={text}
            onInput={(event) => {
              setText(event.currentTarget.value);
            }}
          />
        </label>
        <p class="quiet">{t('mark.about')}</p>
        <button type="submit" class="primary">
          {t('mark.save')}
        </button>
        <p class="quiet" role="status">
          {saidOf(state)}
        </p>
      </form>
    </Popover>
  );
}

interface PassageProps {
  readonly laboratory: Laboratory;
  readonly passage: number;
  readonly name: string;
}

export function ExpectedPassage({ laboratory, passage, name }: PassageProps) {
  const [state, mark] = useMark(() => laboratory.mark({ passage }));
  const said = saidOf(state);
  const label = said === '' ? t('mark.passage') : said;
  return (
    <button
      type="button"
      class="plain"
      title={label}
      aria-label={`${label}: ${name}`}
      aria-pressed={state === 'kept'}
      onClick={mark}
    >
      <Icon name={typeof state === 'string' ? 'check' : 'warn'} />
    </button>
  );
}
