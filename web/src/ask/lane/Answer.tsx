/** A lane's answer, whose tokens can be pointed at, pinned and walked. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { PathTrace } from '../../api/types';
import { percent, t } from '../../i18n';
import { locale } from '../../i18n/locale';
import { colourOf, type Mark } from '../../maths/marks';
import { massOnPassage, sharesOf } from '../../maths/mass';
import { originsOf } from '../../maths/origins';
import { textOf, wordAt } from '../../maths/wordAt';
import { spoken } from '../../state/announce';
import {
  chosenTokens,
  hoveredPassage,
  hoveredToken,
  pin,
  pinned,
  type Place,
} from '../../state/focus';
import type { LaneStatus } from '../../state/laneStatus';
import { byKnowledge, citing } from '../../state/preferences';
import { cite } from './cite';
import { renderAnswer } from './markdown';
import { sliceName } from './slices';
import { laneTitle } from '../../state/sides';

interface Props {
  readonly path: PathTrace;
  readonly tone: LaneStatus['tone'];
  readonly marks: ReadonlyMap<number, Mark>;
}

export function Answer({ path, tone, marks }: Props) {
  const box = useRef<HTMLDivElement>(null);
  /** Where a drag began, and whether it went over several tokens. */
  const from = useRef<number | null>(null);
  const spanned = useRef(false);
  const { tokens } = path;
  const cited = citing.value;
  const language = locale.value;
  useLayoutEffect(() => {
    box.current?.replaceChildren(renderAnswer(tokens.map(({ text }) => text)));
    if (box.current !== null && cited) {
      cite(box.current, path, marks);
    }
  }, [tokens, cited, path, marks, language]);

  const chosen = chosenTokens(path.path).value;
  const passage = hoveredPassage.value;
  const coloured = byKnowledge.value;
  useEffect(() => {
    paint(box.current, path, chosen, passage, marks);
  }, [path, chosen, passage, marks, cited, language]);
  useEffect(() => {
    paintOrigins(box.current, path, coloured);
  }, [path, coloured, marks, cited, language]);

  if (tokens.length === 0 && tone !== 'busy') {
    return <p class="quiet">{t('lane.answer.none')}</p>;
  }
  const onPoint = (event: PointerEvent) => {
    const token = event.pointerType === 'touch' ? null : tokenAt(event.target);
    if (hoveredToken.value?.token !== token || hoveredToken.value.path !== path.path) {
      hoveredToken.value = token === null ? null : pointed(path, token, box.current);
    }
  };
  return (
    <div
      ref={box}
      class={tone === 'busy' ? 'answer writing' : tone === 'cut' ? 'answer cut' : 'answer'}
      role="group"
      tabIndex={0}
      aria-label={t('lane.answer', { path: laneTitle(path.path) })}
      onPointerOver={onPoint}
      onPointerLeave={() => {
        hoveredToken.value = null;
      }}
      onBlur={() => {
        hoveredToken.value = null;
      }}
      onClick={(event) => {
        const token = tokenAt(event.target);
        if (token === null || spanned.current) {
          spanned.current = false;
          return;
        }
        pin(path.path, wordAt(path.tokens, token), event.shiftKey);
        // A finger points at nothing before it presses.
        hoveredToken.value = pinned.value === null ? null : pointed(path, token, box.current);
      }}
      onPointerDown={(event) => {
        from.current = event.pointerType === 'mouse' ? tokenAt(event.target) : null;
        spanned.current = false;
      }}
      onPointerUp={(event) => {
        const to = tokenAt(event.target);
        if (from.current !== null && to !== null && to !== from.current) {
          pin(path.path, between(from.current, to), event.shiftKey);
          // The span is what is meant, not the word on which the drag ended.
          hoveredToken.value = null;
          spanned.current = true;
        }
        from.current = null;
      }}
      onKeyDown={(event) => {
        onKey(event, path, marks, box.current);
      }}
    />
  );
}

function tokenAt(target: EventTarget | null): number | null {
  const span = target instanceof Element ? target.closest<HTMLElement>('[data-token]') : null;
  return span === null ? null : Number(span.dataset.token);
}

function pointed(path: PathTrace, token: number, box: HTMLElement | null) {
  return { path: path.path, token, word: wordAt(path.tokens, token), place: placeOf(box, token) };
}

/** Room above a word, in pixels, below which the card stands under it. */
const ROOM = 260;

/**
 * Where the card about a word stands. Measured before anything changes: asked for afterwards, the
 * browser would have to lay the page out twice for every word that is pointed at.
 */
function placeOf(box: HTMLElement | null, token: number): Place | null {
  const word = box?.querySelector(`[data-token="${token}"]`);
  const frame = box?.parentElement?.getBoundingClientRect();
  if (!word || frame === undefined) {
    return null;
  }
  const { top, bottom } = word.getBoundingClientRect();
  return top > ROOM
    ? { edge: 'bottom', offset: frame.bottom - top + 4 }
    : { edge: 'top', offset: bottom - frame.top + 4 };
}

/** All tokens from one to another, whichever comes first. */
function between(one: number, other: number): readonly number[] {
  const begin = Math.min(one, other);
  return Array.from({ length: Math.abs(other - one) + 1 }, (_, i) => begin + i);
}

function onKey(
  event: KeyboardEvent,
  path: PathTrace,
  marks: Props['marks'],
  box: HTMLElement | null,
): void {
  const moves: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };
  const move = moves[event.key];
  const here = hoveredToken.value?.path === path.path ? hoveredToken.value.token : null;
  const word = here === null ? [] : wordAt(path.tokens, here);
  if (move !== undefined) {
    event.preventDefault();
    const edge = word.at(move > 0 ? -1 : 0);
    const next = neighbour(path, edge ?? (move > 0 ? -1 : path.tokens.length), move);
    if (next !== null) {
      hoveredToken.value = pointed(path, next, box);
      speak(path, next, marks);
    }
  } else if ((event.key === 'Enter' || event.key === ' ') && here !== null) {
    event.preventDefault();
    pin(path.path, word, event.shiftKey);
  }
}

/** The next token that wrote something visible. */
function neighbour(path: PathTrace, from: number, move: number): number | null {
  for (let i = from + move; i >= 0 && i < path.tokens.length; i += move) {
    if ((path.tokens[i]?.text ?? '').trim() !== '') {
      return i;
    }
  }
  return null;
}

function speak(path: PathTrace, token: number, marks: Props['marks']): void {
  const word = wordAt(path.tokens, token);
  const { slices } = sharesOf(path, new Set(word), false);
  const parts = [...slices]
    .sort((a, b) => b.mass - a.mass)
    .slice(0, 3)
    .map((slice) => `${sliceName(slice, marks)} ${percent(slice.mass)}`)
    .join(', ');
  spoken.value = t('lane.token', { n: token + 1, text: textOf(path.tokens, word), parts });
}

/** Nats that a token must gain by the documents to be coloured most. */
const MOST_GAIN = 6;

/** Shows where every token has its probability from. */
function paintOrigins(box: HTMLElement | null, path: PathTrace, coloured: boolean): void {
  const origins = coloured ? originsOf(path) : null;
  for (const span of box?.querySelectorAll<HTMLElement>('[data-token]') ?? []) {
    const index = Number(span.dataset.token);
    const origin = origins?.[index];
    const token = origin === undefined ? undefined : path.evidence?.tokens[index];
    span.dataset.origin = origin ?? '';
    const gain = token === undefined ? 0 : token.logprob - token.without;
    span.style.setProperty(
      '--gain',
      `${Math.round((Math.min(gain, MOST_GAIN) / MOST_GAIN) * 30)}%`,
    );
  }
}

/** Marks chosen tokens, and shades every token by what it took from the passage pointed at. */
function paint(
  box: HTMLElement | null,
  path: PathTrace,
  chosen: ReadonlySet<number>,
  passage: number | null,
  marks: ReadonlyMap<number, Mark>,
): void {
  if (box === null) {
    return;
  }
  const masses = passage === null ? null : massOnPassage(path, passage);
  const most = Math.max(0.02, ...(masses ?? []));
  box.style.setProperty('--tint', passage === null ? '' : colourOf(marks.get(passage)));
  for (const span of box.querySelectorAll<HTMLElement>('[data-token]')) {
    const token = Number(span.dataset.token);
    span.classList.toggle('chosen', chosen.has(token));
    span.classList.toggle('tinted', masses !== null);
    if (masses !== null) {
      span.style.setProperty('--mass', `${Math.round((70 * (masses[token] ?? 0)) / most)}%`);
    }
  }
}
