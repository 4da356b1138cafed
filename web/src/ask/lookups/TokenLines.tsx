/** Which tokens of a passage a sentence of the answer attended, as lines between the two. */
import { useMemo, useState } from 'preact/hooks';
import type { PathTrace } from '../../api/types';
import { t } from '../../i18n';
import { extentsOf } from '../../maths/extent';
import type { Mark } from '../../maths/marks';
import { massOnPassage } from '../../maths/mass';
import { sentencesOf } from '../../maths/sentences';
import { type Laboratory, type LookUp, words } from '../../state/laboratory';
import { shortName } from '../passages/shortName';
import { LinesPicture } from './LinesPicture';
import { useRows } from './useRows';

interface Props {
  readonly path: PathTrace;
  readonly wanted: LookUp;
  readonly marks: ReadonlyMap<number, Mark>;
  /** Null where there is only what came along. */
  readonly laboratory: Laboratory | null;
}

/** Letters of a sentence by which it can be chosen. */
const NAME = 48;
const NOTHING = { begin: 0, end: 0 };

export function TokenLines({ path, wanted, marks, laboratory }: Props) {
  const { texts, sentences } = useMemo(() => {
    const all = path.tokens.map(({ text }) => text);
    return { texts: all, sentences: sentencesOf(all) };
  }, [path]);
  const own = sentences.findIndex(({ begin, end }) => begin <= wanted.token && wanted.token < end);
  const [chosen, setChosen] = useState<number | null>(null);
  const sentence = Math.min(chosen ?? Math.max(0, own), sentences.length - 1);
  const stretch = sentences[sentence] ?? NOTHING;
  const { begin, end } = stretch;
  const read = path.passages.filter(({ inPrompt }) => inPrompt !== null);
  const [picked, setPicked] = useState<number | null>(null);
  const passage = read.find(({ id }) => id === picked) ?? mostRead(path, read, begin, end);
  const { head } = wanted;
  const [open, setOpen] = useState(false);
  const found = useRows(open ? laboratory : null, path, begin, end, head);
  const { prompt } = path;
  const extent = useMemo(
    () => (prompt === null || passage === undefined ? undefined : extentsOf(prompt, passage.id)[0]),
    [prompt, passage],
  );
  const kept = words.value[path.path];
  const came = laboratory === null && kept?.state === 'there' ? kept.words : null;
  if (passage === undefined || (laboratory === null && came === null)) {
    return null;
  }
  const rows = found?.state === 'there' ? found.rows : came;
  return (
    <div class="token-lines">
      <h3>{t('lines.title')}</h3>
      <p class="quiet">{linesAbout(came === null ? head : headOf(kept))}</p>
      <div class="look-controls">
        <label class="picker framed">
          <span class="label">{t('kind.passage')}</span>
          <select
            name="lines-passage"
            value={String(passage.id)}
            onChange={(event) => {
              setPicked(Number(event.currentTarget.value));
            }}
          >
            {read.map((one) => (
              <option key={one.id} value={String(one.id)}>
                {marks.get(one.id)?.letter} {shortName(one)}
              </option>
            ))}
          </select>
        </label>
        <label class="picker framed">
          <span class="label">{t('lines.sentence')}</span>
          <select
            name="lines-sentence"
            value={String(sentence)}
            onChange={(event) => {
              setChosen(Number(event.currentTarget.value));
            }}
          >
            {sentences.map((one, index) => (
              <option key={index} value={String(index)}>
                {index + 1} {texts.slice(one.begin, one.end).join('').trim().slice(0, NAME)}
              </option>
            ))}
          </select>
        </label>
        {came === null && !open && (
          <button
            type="button"
            disabled={head === null}
            onClick={() => {
              setOpen(true);
            }}
          >
            {t('lines.ask')}
          </button>
        )}
      </div>
      {found?.state === 'failed' && (
        <p class="notice bad" role="alert">
          {found.why}
        </p>
      )}
      {found?.state === 'reading' && <progress class="await" aria-label={t('lines.reading')} />}
      {extent !== undefined && rows !== null && (
        <LinesPicture
          key={`${begin} ${passage.id}`}
          words={rows}
          first={came === null ? begin : 0}
          texts={texts}
          sentence={stretch}
          passage={extent}
          mark={marks.get(passage.id)}
          name={shortName(passage)}
        />
      )}
    </div>
  );
}

function headOf(kept: (typeof words.value)[PathTrace['path']]): LookUp['head'] | 'best' {
  return kept?.state === 'there' ? kept.heads : null;
}

function linesAbout(head: LookUp['head'] | 'best'): string {
  return head === null
    ? t('lines.choose')
    : head === 'best'
      ? t('lines.about.best')
      : t('lines.about', head);
}

/** The passage that a sentence attended most. */
function mostRead(
  path: PathTrace,
  read: PathTrace['passages'],
  begin: number,
  end: number,
): PathTrace['passages'][number] | undefined {
  const sum = (id: number) =>
    massOnPassage(path, id)
      .slice(begin, end)
      .reduce((total, mass) => total + mass, 0);
  return [...read].sort((a, b) => sum(b.id) - sum(a.id))[0];
}
