/** A passage above, a sentence of the answer below, and lines from each token to those it attended. */
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { percent, t } from '../../i18n';
import type { Extent } from '../../maths/extent';
import { type Link, strongestLinks } from '../../maths/links';
import { colourOf, type Mark } from '../../maths/marks';
import type { Words } from '../../maths/words';
import { spoken } from '../../state/announce';

interface Props {
  /** Rows of tokens of the answer, the first of which is the given one. */
  readonly words: Words;
  readonly first: number;
  /** Every token of the answer. */
  readonly texts: readonly string[];
  /** Places in the answer. */
  readonly sentence: Extent;
  /** Positions in the prompt. */
  readonly passage: Extent;
  readonly mark: Mark | undefined;
  readonly name: string;
}

/** Lines that are drawn of all tokens together: more would be a cloud. */
const MOST_LINES = 120;
/** Tokens of the passage that are named of one token. */
const NAMED = 3;

export function LinesPicture({ words, first, texts, sentence, passage, mark, name }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const [lines, setLines] = useState<readonly Line[]>([]);
  const [size, setSize] = useState(0);
  const links = useMemo(
    () => strongestLinks(words, first, sentence, passage, MOST_LINES),
    [words, first, sentence, passage],
  );
  const textOf = (token: number) => texts[token] ?? '';
  useLayoutEffect(() => {
    setLines(linesBetween(box.current, links));
  }, [links, size]);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => {
      setSize(box.current?.clientWidth ?? 0);
    });
    if (box.current !== null) {
      observer.observe(box.current);
    }
    return () => {
      observer.disconnect();
    };
  }, []);
  const most = links[0]?.mass ?? 1;
  const shown = pointed === null ? lines : lines.filter(({ token }) => token === pointed);
  const tell = (token: number) =>
    [
      `“${textOf(token).trim()}”`,
      ...links
        .filter((link) => link.token === token)
        .slice(0, NAMED)
        .map(({ column, mass }) => `${words.pieces[column]?.trim() ?? ''} ${percent(mass)}`),
    ].join(' · ');
  const walk = (move: number) => {
    const next = Math.min(
      sentence.end - 1,
      Math.max(sentence.begin, (pointed ?? sentence.begin - 1) + move),
    );
    setPointed(next);
    spoken.value = tell(next);
  };
  const point = (event: PointerEvent) => {
    const target = event.target instanceof HTMLElement ? event.target.dataset.row : undefined;
    setPointed(target === undefined ? null : Number(target));
  };
  return (
    <div
      class="lines-picture"
      ref={box}
      style={{ '--hue': colourOf(mark) }}
      onPointerOver={point}
      onPointerLeave={() => {
        setPointed(null);
      }}
    >
      <svg aria-hidden="true">
        {shown.map(({ token, column, mass, path }) => (
          <path
            key={`${token}-${column}`}
            d={path}
            style={{ opacity: Math.max(0.12, mass / most), strokeWidth: 1 + (2 * mass) / most }}
          />
        ))}
      </svg>
      <p class="lines-passage">
        {words.pieces.slice(passage.begin, passage.end).map((piece, index) => (
          <span key={index} data-column={passage.begin + index}>
            {piece}
          </span>
        ))}
      </p>
      <p
        class="lines-sentence"
        role="group"
        tabIndex={0}
        aria-label={t('lines.keys', { name })}
        onBlur={() => {
          setPointed(null);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
            event.preventDefault();
            walk(event.key === 'ArrowRight' ? 1 : -1);
          }
        }}
      >
        {Array.from({ length: sentence.end - sentence.begin }, (_, index) => {
          const token = sentence.begin + index;
          return (
            <span key={token} data-row={token} class={token === pointed ? 'chosen' : ''}>
              {textOf(token)}
            </span>
          );
        })}
      </p>
      <p class="readout">{pointed === null ? t('lines.hint') : tell(pointed)}</p>
    </div>
  );
}

interface Line extends Link {
  readonly path: string;
}

/** Curves between the middles of tokens, as they are laid out in the box. */
function linesBetween(box: HTMLElement | null, links: readonly Link[]): readonly Line[] {
  if (box === null) {
    return [];
  }
  const frame = box.getBoundingClientRect();
  const places = new Map<string, { x: number; top: number; bottom: number }>();
  for (const span of box.querySelectorAll<HTMLElement>('[data-column], [data-row]')) {
    // A token that is broken over two lines begins on the first of them.
    const rect = span.getClientRects()[0];
    if (rect !== undefined) {
      const name = `${span.dataset.column ?? ''}/${span.dataset.row ?? ''}`;
      const x = rect.left + rect.width / 2 - frame.left;
      places.set(name, { x, top: rect.top - frame.top, bottom: rect.bottom - frame.top });
    }
  }
  return links.flatMap((link) => {
    const from = places.get(`/${link.token}`);
    const to = places.get(`${link.column}/`);
    if (from === undefined || to === undefined) {
      return [];
    }
    const middle = (from.top + to.bottom) / 2;
    const path = `M${from.x} ${from.top}C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${to.bottom}`;
    return [{ ...link, path }];
  });
}
