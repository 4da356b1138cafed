/** A lane's passage cards. */
import { useMemo, useState } from 'preact/hooks';
import type { PassageTrace, PathTrace } from '../../api/types';
import { t } from '../../i18n';
import type { Mark } from '../../maths/marks';
import { type Shares, sharesOf } from '../../maths/mass';
import { canRead, readsScope } from '../../paths/paths';
import { type Laboratory, words } from '../../state/laboratory';
import { PassageCard } from './PassageCard';

/** Cards shown before the reader asks for all. */
const FEW = 5;
const NOTHING: ReadonlySet<number> = new Set();

type Order = 'attended' | 'prompt' | 'retrieved';
const ORDERS: readonly Order[] = ['attended', 'prompt', 'retrieved'];

interface Props {
  readonly path: PathTrace;
  readonly shares: Shares;
  readonly marks: ReadonlyMap<number, Mark>;
  /** Null where nothing can be kept. */
  readonly laboratory: Laboratory | null;
}

export function Passages({ path, shares, marks, laboratory }: Props) {
  const [all, setAll] = useState(false);
  const [chosen, setChosen] = useState<Order | null>(null);
  // While the answer grows the cards keep their places; pointing at a word never moves them.
  const order = chosen ?? (path.finishReason !== null ? 'attended' : 'prompt');
  const sorted = useMemo(() => inOrder(path, order), [path, order]);
  if (!canRead(path.path)) {
    return (
      <div class="passages">
        <p class="void">{t('passage.none')}</p>
      </div>
    );
  }
  if (path.prompt === null) {
    return <div class="passages" />;
  }
  const shown = all ? sorted : sorted.slice(0, FEW);
  return (
    <div class="passages">
      <div class="passages-head">
        <h3 class="label">{t('passage.title')}</h3>
        {path.passages.length > 1 && (
          <label class="mini">
            <span class="unseen">{t('passage.sort')}</span>
            <select
              value={order}
              onChange={(event) => {
                setChosen(ORDERS.find((name) => name === event.currentTarget.value) ?? null);
              }}
            >
              {ORDERS.map((name) => (
                <option key={name} value={name}>
                  {t(`passage.sort.${name}`)}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {readsScope(path.path) && sorted.some(({ retrieved }) => retrieved !== null) && (
        <p class="quiet">{t('passage.unused')}</p>
      )}
      <WordsLine path={path} />
      {sorted.length === 0 && <p class="void">{t('passage.nothing')}</p>}
      <ul>
        {shown.map((passage) => (
          <PassageCard
            key={passage.id}
            passage={passage}
            path={path}
            mark={marks.get(passage.id)}
            mass={shares.passages.get(passage.id)}
            laboratory={laboratory}
          />
        ))}
      </ul>
      {sorted.length > FEW && (
        <button
          type="button"
          class="wide"
          onClick={() => {
            setAll(!all);
          }}
        >
          {all ? t('passage.few') : t('passage.all', { n: sorted.length })}
        </button>
      )}
    </div>
  );
}

/** Says how it is with the words: of which heads they are, or whether they are read, and why not. */
function WordsLine({ path }: { readonly path: PathTrace }) {
  const known = words.value[path.path];
  const text =
    known === undefined
      ? ''
      : known.state === 'reading'
        ? t('passage.words.reading')
        : known.state === 'failed'
          ? t('passage.words.failed', { why: known.why })
          : known.heads === 'best'
            ? t('passage.words.best')
            : known.heads === null
              ? ''
              : t('passage.words.head', known.heads);
  return text === '' ? null : (
    <p class="quiet" role="status">
      {text}
    </p>
  );
}

function inOrder(path: PathTrace, order: Order): readonly PassageTrace[] {
  const whole = sharesOf(path, NOTHING, false);
  const keys: Readonly<Record<Order, (passage: PassageTrace) => number>> = {
    attended: (passage) => -(whole.passages.get(passage.id)?.mass ?? -1),
    prompt: (passage) => passage.inPrompt?.position ?? 1e6,
    retrieved: (passage) => passage.retrieved?.rank ?? 1e6,
  };
  const key = keys[order];
  return [...path.passages].sort(
    (a, b) => key(a) - key(b) || keys.retrieved(a) - keys.retrieved(b),
  );
}
