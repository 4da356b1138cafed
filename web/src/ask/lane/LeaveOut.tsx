/** The prompt's passages, sentence by sentence: those that are unticked are left out, and it answers again. */
import { useEffect, useRef, useState } from 'preact/hooks';
import * as api from '../../api/evidence';
import type { AnswerWithout, PathTrace, PromptSentences } from '../../api/types';
import { wordsFor } from '../../api/words';
import { t } from '../../i18n';
import { colourOf, type Mark } from '../../maths/marks';
import { pathOf } from '../../paths/laneNames';
import { PassageMark } from '../passages/PassageMark';
import { shortName } from '../passages/shortName';
import { BothAnswers } from './BothAnswers';

interface Props {
  /** The contrast's. */
  readonly id: string;
  readonly path: PathTrace;
  readonly marks: ReadonlyMap<number, Mark>;
}

type Sentence = PromptSentences['sentences'][number];

type State =
  | { readonly state: 'asking' }
  | { readonly state: 'answered'; readonly found: AnswerWithout; readonly left: number }
  | { readonly state: 'failed'; readonly why: string };

export function LeaveOut({ id, path, marks }: Props) {
  const [sentences, setSentences] = useState<readonly Sentence[]>([]);
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [now, setNow] = useState<State | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const fail = (caught: unknown) => {
    setNow({ state: 'failed', why: wordsFor(caught) });
  };
  useEffect(() => {
    api
      .promptSentences(id, pathOf(path.path))
      .then((found) => {
        setSentences(found.sentences);
      })
      .catch(fail);
  }, [id, path.path]);
  const ask = () => {
    const stretches = sentences
      .filter(({ begin }) => left.has(begin))
      .map(({ begin, end }) => ({ begin, end }));
    setNow({ state: 'asking' });
    api
      .answerWithout(id, pathOf(path.path), stretches)
      .then((found) => {
        setNow({ state: 'answered', found, left: stretches.length });
        box.current?.scrollTo({ top: 0 });
      })
      .catch(fail);
  };
  const toggle = (begin: number) => {
    const next = new Set(left);
    if (!next.delete(begin)) {
      next.add(begin);
    }
    setLeft(next);
  };
  const passages = [...new Set(sentences.map(({ passageId }) => passageId))];
  return (
    <div class="leave-out" ref={box}>
      <p class="quiet">{t('leave.about')}</p>
      {now?.state === 'answered' && (
        <BothAnswers first={path.answer} found={now.found} left={now.left} />
      )}
      {passages.map((passage) => (
        <fieldset key={passage} style={{ '--hue': colourOf(marks.get(passage)) }}>
          <legend>
            <PassageMark mark={marks.get(passage)} /> {nameOf(path, passage)}
          </legend>
          {sentences
            .filter(({ passageId }) => passageId === passage)
            .map(({ begin, text }) => (
              <label key={begin} class={left.has(begin) ? 'sentence left' : 'sentence'}>
                <input
                  type="checkbox"
                  checked={!left.has(begin)}
                  onChange={() => {
                    toggle(begin);
                  }}
                />
                <span>{text.trim()}</span>
              </label>
            ))}
        </fieldset>
      ))}
      <div class="leave-foot">
        <button
          type="button"
          class="primary"
          disabled={left.size === 0 || now?.state === 'asking'}
          onClick={ask}
        >
          {t('leave.ask', { n: left.size })}
        </button>
        {now?.state === 'asking' && <progress class="await" aria-label={t('leave.asking')} />}
        {now?.state === 'failed' && (
          <p class="notice bad" role="alert">
            {now.why}
          </p>
        )}
      </div>
    </div>
  );
}

function nameOf(path: PathTrace, id: number): string {
  const passage = path.passages.find((one) => one.id === id);
  return passage === undefined ? '' : shortName(passage);
}
