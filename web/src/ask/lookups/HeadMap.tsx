/** Every head of the decoder as a cell of a map, which can be pointed at, walked by keys and chosen. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PathTrace } from '../../api/types';
import { percent, t } from '../../i18n';
import { type Inside, strongestHead } from '../../maths/lookup';
import type { Mark } from '../../maths/marks';
import { Segments } from '../../shell/Segments';
import { spoken } from '../../state/announce';
import type { HeadChoice } from '../../state/laboratory';
import { CELL, type Drawing, HeadCells } from './HeadCells';
import { HeadLegend } from './HeadLegend';

interface Props {
  readonly inside: Inside;
  readonly path: PathTrace;
  readonly marks: ReadonlyMap<number, Mark>;
  readonly chosen: HeadChoice;
  readonly onChoose: ((head: HeadChoice) => void) | null;
}

type Head = NonNullable<HeadChoice>;

/** Passages that are named of a head. */
const MOST_NAMED = 3;

export function HeadMap({ inside, path, marks, chosen, onChoose }: Props) {
  const [pointed, setPointed] = useState<Head | null>(null);
  const [drawing, setDrawing] = useState<Drawing>('share');
  const { layers, heads, passageIds, onEach } = inside;
  const here = pointed ?? chosen ?? strongestHead(inside);
  const readout = wordsOf(here, inside, marks);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    bringIntoView(box.current, chosen);
  }, [chosen]);
  const walk = ({ key }: KeyboardEvent): boolean => {
    const next = neighbour(here, key, layers, heads);
    if (next !== null) {
      setPointed(next);
      bringIntoView(box.current, next);
      spoken.value = wordsOf(next, inside, marks);
    } else if ((key === 'Enter' || key === ' ') && onChoose !== null) {
      onChoose(here);
    } else {
      return false;
    }
    return true;
  };
  return (
    <figure class="head-map">
      <div class="head-map-head">
        <h3 class="label">{t('lookup.map.title')}</h3>
        {passageIds !== undefined && onEach !== undefined && (
          <Segments
            label={t('lookup.map.draw')}
            options={[
              ['share', t('lookup.map.share')],
              ['pictures', t('lookup.map.pictures')],
            ]}
            value={drawing}
            onChange={setDrawing}
          />
        )}
      </div>
      <div
        class="heads"
        ref={box}
        role="group"
        tabIndex={0}
        aria-label={`${t('lookup.map.most', mostOf(inside))} ${t(onChoose === null ? 'lookup.map.walk' : 'lookup.map.keys')}`}
        onKeyDown={(event) => {
          if (walk(event)) {
            event.preventDefault();
          }
        }}
        onBlur={() => {
          setPointed(null);
        }}
        onPointerLeave={() => {
          setPointed(null);
        }}
        onPointerMove={(event) => {
          setPointed(headAt(event, inside));
        }}
        onClick={(event) => {
          const head = headAt(event, inside);
          if (head !== null && onChoose !== null) {
            onChoose(head);
          }
        }}
      >
        <HeadCells
          inside={inside}
          marks={marks}
          drawing={drawing}
          chosen={chosen}
          pointed={pointed}
        />
      </div>
      <p class="readout">{readout}</p>
      <HeadLegend inside={inside} path={path} marks={marks} drawing={drawing} />
    </figure>
  );
}

/** Where the map is wider than the page, it is scrolled until a head's cell is in sight. */
function bringIntoView(box: HTMLElement | null, head: HeadChoice): void {
  if (box !== null && head !== null) {
    const left = CELL.left + head.layer * CELL.width;
    if (left < box.scrollLeft + CELL.left || left + CELL.width > box.scrollLeft + box.clientWidth) {
      box.scrollLeft = left - box.clientWidth / 2;
    }
  }
}

function mostOf(inside: Inside) {
  const { layer, head } = strongestHead(inside);
  return { layer, head, mass: percent(inside.onPassages[layer]?.[head] ?? 0) };
}

/** What a head gave passages, together and the first of them by name. */
function wordsOf({ layer, head }: Head, inside: Inside, marks: Props['marks']): string {
  const mass = percent(inside.onPassages[layer]?.[head] ?? 0);
  const each = (inside.passageIds ?? [])
    .map((id, index) => ({ id, mass: inside.onEach?.[layer]?.[head]?.[index] ?? 0 }))
    .sort((a, b) => b.mass - a.mass)
    .slice(0, MOST_NAMED)
    .map((one) => `${marks.get(one.id)?.letter ?? '?'} ${percent(one.mass)}`);
  return [t('lookup.cell', { layer, head, mass }), ...each].join(' · ');
}

function neighbour({ layer, head }: Head, key: string, layers: number, heads: number): Head | null {
  const moves: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
    Home: [-layers, 0],
    End: [layers, 0],
  };
  const move = moves[key];
  const within = (value: number, count: number) => Math.min(count - 1, Math.max(0, value));
  return move === undefined
    ? null
    : { layer: within(layer + move[0], layers), head: within(head + move[1], heads) };
}

/** The head whose cell is at the pointer. */
function headAt(event: MouseEvent, { layers, heads }: Inside): Head | null {
  const svg = event.target instanceof Element ? event.target.closest('svg') : null;
  if (svg === null) {
    return null;
  }
  const { left, top } = svg.getBoundingClientRect();
  const layer = Math.floor((event.clientX - left - CELL.left) / CELL.width);
  const head = Math.floor((event.clientY - top - CELL.top) / CELL.height);
  return layer >= 0 && layer < layers && head >= 0 && head < heads ? { layer, head } : null;
}
