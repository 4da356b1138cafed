/** "What else could have come?": the rivals of the word that is pointed at, and what settings would cut. */
import { useState } from 'preact/hooks';
import * as api from '../../api/evidence';
import type { NextTokens as Found, PathTrace, Sampling } from '../../api/types';
import { wordsFor } from '../../api/words';
import { number, percent, t } from '../../i18n';
import { traceOf } from '../../maths/beside';
import type { ContrastView } from '../../maths/contrast';
import { cutsOf, type Drawing, leastCertain, nearest } from '../../maths/cuts';
import { pathOf } from '../../paths/laneNames';
import { Icon } from '../../shell/Icon';
import { chosenTokens } from '../../state/focus';
import { laboratoryFor } from '../../state/laboratory';
import { CandidateList } from './CandidateList';

interface Props {
  readonly view: ContrastView;
  readonly path: PathTrace;
}

type State =
  | { readonly state: 'reading' }
  | { readonly state: 'there'; readonly found: Found }
  | { readonly state: 'failed'; readonly why: string };

/** What can be chosen of each; a contrast's own settings are chosen to begin with. */
const TOP_K = [0, 1, 2, 3, 5, 10, 40];
const TOP_P = [1, 0.95, 0.9, 0.8, 0.7, 0.5];

export function NextTokens({ view, path }: Props) {
  const [now, setNow] = useState<State | null>(null);
  const of = traceOf(view, path.path);
  if (laboratoryFor(view) === null || path.tokens.length === 0) {
    return null;
  }
  if (now?.state === 'there') {
    return <Rivals path={path} found={now.found} sampling={of.sampling} />;
  }
  const ask = () => {
    setNow({ state: 'reading' });
    api
      .nextTokens(of.id, pathOf(path.path))
      .then((found) => {
        setNow({ state: 'there', found });
      })
      .catch((caught: unknown) => {
        setNow({ state: 'failed', why: wordsFor(caught) });
      });
  };
  return (
    <div class="next-tokens">
      {now?.state === 'reading' ? (
        <progress class="await" aria-label={t('next.reading')} />
      ) : (
        <div class="test-offer">
          <button type="button" onClick={ask}>
            {t('next.ask')}
          </button>
          <span class="quiet">{t('next.about')}</span>
        </div>
      )}
      {now?.state === 'failed' && (
        <p class="notice bad" role="alert">
          <Icon name="warn" />
          <span>{now.why}</span>
        </p>
      )}
    </div>
  );
}

interface RivalsProps {
  readonly path: PathTrace;
  readonly found: Found;
  readonly sampling: Sampling;
}

function Rivals({ path, found, sampling }: RivalsProps) {
  const [drawing, setDrawing] = useState<Drawing>(() => ({
    temperature: nearest(found.temperatures, sampling.temperature),
    topK: sampling.topK,
    topP: sampling.topP,
  }));
  const chosen = [...chosenTokens(path.path).value];
  const at = chosen[0] ?? leastCertain(found);
  const place = found.tokens[at];
  if (place === undefined) {
    return null;
  }
  const cuts = cutsOf(place, found.temperatures, drawing);
  const choose = (change: Partial<Drawing>) => {
    setDrawing({ ...drawing, ...change });
  };
  const text = path.tokens[at]?.text.trim() ?? '';
  return (
    <div class="next-tokens">
      <h3 class="label">{t('next.title')}</h3>
      <p>
        {t(chosen.length === 0 ? 'next.least' : 'next.at', { n: at + 1, text })}{' '}
        <span class="quiet">
          {t('next.written', { rank: number(place.rank), p: chance(Math.exp(place.logprob)) })}
        </span>
        {at < found.given && ` ${t('next.given')}`}
      </p>
      <div class="next-choices">
        <Choice
          name="temperature"
          text={t('sampling.temperature')}
          values={[0, ...found.temperatures]}
          value={drawing.temperature}
          onChange={(temperature) => {
            choose({ temperature });
          }}
        />
        <Choice
          name="topK"
          text="top-k"
          values={TOP_K}
          value={drawing.topK}
          onChange={(topK) => {
            choose({ topK });
          }}
        />
        <Choice
          name="topP"
          text="top-p"
          values={TOP_P}
          value={drawing.topP}
          onChange={(topP) => {
            choose({ topP });
          }}
        />
      </div>
      <CandidateList cuts={cuts} written={place.id} />
    </div>
  );
}

/** Below this, a share would read as nothing. */
const TINY = 0.001;

const chance = (share: number) => (share < TINY ? `< ${percent(TINY)}` : percent(share));

interface ChoiceProps {
  readonly name: string;
  readonly text: string;
  readonly values: readonly number[];
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function Choice({ name, text, values, value, onChange }: ChoiceProps) {
  const all = values.includes(value) ? values : [...values, value].sort((a, b) => a - b);
  return (
    <label class="picker framed">
      <span class="label">{text}</span>
      <select
        name={`next-${name}`}
        value={String(value)}
        onChange={(event) => {
          onChange(Number(event.currentTarget.value));
        }}
      >
        {all.map((one) => (
          <option key={one} value={String(one)}>
            {one === 0 && name === 'topK' ? t('next.all') : number(one, 2)}
          </option>
        ))}
      </select>
    </label>
  );
}
