/** What the word that is pointed at read, at the word: its sources with their shares, and the best line. */
import type { PathTrace } from '../../api/types';
import { percent, t } from '../../i18n';
import { bestStretch, extentsOf } from '../../maths/extent';
import type { Mark } from '../../maths/marks';
import type { Shares } from '../../maths/mass';
import { textOf } from '../../maths/wordAt';
import { meanRow } from '../../maths/words';
import { hoveredToken } from '../../state/focus';
import { words } from '../../state/laboratory';
import { PassageMark } from '../passages/PassageMark';
import { shortName } from '../passages/shortName';
import { kindName } from './slices';

interface Props {
  readonly path: PathTrace;
  /** Those of the word. */
  readonly shares: Shares;
  readonly marks: ReadonlyMap<number, Mark>;
}

/** Passages named, and other parts. */
const MOST = 3;
const MOST_PARTS = 2;
/** A share below this says nothing. */
const LEAST = 0.005;
/** Tokens of the best line. */
const LINE = 24;

export function WordCard({ path, shares, marks }: Props) {
  const now = hoveredToken.value?.path === path.path ? hoveredToken.value : null;
  const read = path.passages
    .map((passage) => ({ passage, mass: shares.passages.get(passage.id)?.mass ?? 0 }))
    .filter(({ mass }) => mass >= LEAST)
    .sort((a, b) => b.mass - a.mass)
    .slice(0, MOST);
  const first = read[0];
  const place = now?.place ?? null;
  if (now === null || place === null || first === undefined) {
    return null;
  }
  const tokens = new Set(now.word ?? [now.token]);
  return (
    <div class="word-card" style={{ [place.edge]: `${place.offset}px` }} aria-hidden="true">
      <p class="label">{t('word.read', { text: textOf(path.tokens, tokens) })}</p>
      <ul>
        {read.map(({ passage, mass }) => (
          <li key={passage.id}>
            <PassageMark mark={marks.get(passage.id)} />
            <span class="place">{shortName(passage)}</span>
            <span class="figure">{percent(mass)}</span>
          </li>
        ))}
      </ul>
      <BestLine path={path} passage={first.passage.id} tokens={tokens} />
      <p class="quiet">{t('word.rest', { parts: restOf(shares) })}</p>
    </div>
  );
}

interface LineProps {
  readonly path: PathTrace;
  readonly passage: number;
  readonly tokens: ReadonlySet<number>;
}

/** The line of a passage that the word read most, once it is known. */
function BestLine({ path, passage, tokens }: LineProps) {
  const known = words.value[path.path];
  const extent = path.prompt === null ? undefined : extentsOf(path.prompt, passage)[0];
  if (known?.state !== 'there' || extent === undefined) {
    return known?.state === 'reading' ? <p class="quiet">{t('passage.words.reading')}</p> : null;
  }
  const { pieces } = known.words;
  const line = bestStretch(extent, pieces, meanRow(known.words, tokens), LINE);
  return <p class="best-line">… {pieces.slice(line.begin, line.end).join('').trim()} …</p>;
}

/** What else the word looked at, most of it first. */
function restOf({ slices }: Shares): string {
  const sums = new Map<string, number>();
  for (const slice of slices.filter(({ kind }) => kind !== 'passage')) {
    const name = kindName(slice);
    sums.set(name, (sums.get(name) ?? 0) + slice.mass);
  }
  return [...sums]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_PARTS)
    .map(([name, mass]) => `${name} ${percent(mass)}`)
    .join(t('list.and'));
}
