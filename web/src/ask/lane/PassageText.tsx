/** A passage's text; its words are tinted by the attention of the chosen tokens, once it is known. */
import { useMemo } from 'preact/hooks';
import type { PassageTrace, PathTrace } from '../../api/types';
import { t } from '../../i18n';
import { bestStretch, type Extent, extentsOf } from '../../maths/extent';
import { meanRow, type Words } from '../../maths/words';
import { pinned } from '../../state/focus';
import { words } from '../../state/laboratory';
import { TintedText } from './TintedText';

interface Props {
  readonly passage: PassageTrace;
  readonly path: PathTrace;
  readonly whole: boolean;
  readonly onToggle: () => void;
}

export function PassageText({ passage, path, whole, onToggle }: Props) {
  const known = words.value[path.path];
  const there = known?.state === 'there' && passage.inPrompt !== null ? known.words : null;
  return (
    <button
      type="button"
      class={whole ? 'excerpt whole' : 'excerpt'}
      aria-expanded={whole}
      title={t(whole ? 'passage.less' : 'passage.more')}
      onClick={onToggle}
    >
      {there === null ? (
        passage.text
      ) : (
        <Tinted passage={passage} path={path} whole={whole} words={there} />
      )}
    </button>
  );
}

interface TintedProps extends Omit<Props, 'onToggle'> {
  readonly words: Words;
}

function Tinted({ passage, path, whole, words: known }: TintedProps) {
  const { prompt } = path;
  // The excerpt goes where the pinned words read; pointing alone moves no text.
  const tokens = pinned.value?.path === path.path ? pinned.value.tokens : EVERY;
  const { extent, before, after } = useMemo(
    () => shownOf(prompt, passage, known, whole, tokens),
    [prompt, passage, known, whole, tokens],
  );
  return (
    <>
      {before && '… '}
      <TintedText path={path.path} pieces={known.pieces} extent={extent} />
      {after && ' …'}
    </>
  );
}

const EVERY: ReadonlySet<number> = new Set();

interface Shown {
  readonly extent: Extent;
  /** Whether there is more of the passage before and after. */
  readonly before: boolean;
  readonly after: boolean;
}

/** The whole passage, or the stretch that drew most attention of the given tokens. */
function shownOf(
  prompt: PathTrace['prompt'],
  passage: PassageTrace,
  known: Words,
  whole: boolean,
  tokens: ReadonlySet<number>,
): Shown {
  const read = prompt === null ? undefined : extentsOf(prompt, passage.id)[0];
  if (read === undefined) {
    return { extent: { begin: 0, end: 0 }, before: false, after: false };
  }
  const text = withoutHeading(read, known.pieces, passage.text);
  const extent = whole ? text : bestStretch(text, known.pieces, meanRow(known, tokens));
  return { extent, before: extent.begin > text.begin, after: extent.end < text.end };
}

/** The card has the heading already, so its words are left out before the text. */
function withoutHeading(read: Extent, pieces: readonly string[], text: string): Extent {
  const said = pieces.slice(read.begin, read.end).join('');
  const found = said.indexOf(text.trim().slice(0, HEAD));
  let { begin } = read;
  for (let length = 0; begin < read.end; begin++) {
    length += pieces[begin]?.length ?? 0;
    if (length > found) {
      break;
    }
  }
  return found <= 0 || begin === read.end ? read : { begin, end: read.end };
}

/** Characters of a text by which its beginning is found. */
const HEAD = 24;
