/** Draws the heads: a cell each by how much passages got, or a small picture of which passage got it. */
import { useMemo } from 'preact/hooks';
import { type Inside } from '../../maths/lookup';
import { colourOf, type Mark } from '../../maths/marks';
import type { HeadChoice } from '../../state/laboratory';

/** By colour, or as bars of single passages. */
export type Drawing = 'share' | 'pictures';

interface Props {
  readonly inside: Inside;
  readonly marks: ReadonlyMap<number, Mark>;
  readonly drawing: Drawing;
  readonly chosen: HeadChoice;
  readonly pointed: HeadChoice;
}

/** Sizes in pixels: of a cell, and of the room for the numbers beside them. */
export const CELL = { width: 24, height: 20, left: 30, top: 22 } as const;

export function HeadCells({ inside, marks, drawing, chosen, pointed }: Props) {
  const { layers, heads } = inside;
  const width = CELL.left + layers * CELL.width + 1;
  const height = CELL.top + heads * CELL.height + 1;
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <Numbers layers={layers} heads={heads} />
      {drawing === 'share' ? (
        <Shares inside={inside} />
      ) : (
        <Pictures inside={inside} marks={marks} />
      )}
      <Frame head={chosen} kind="chosen" />
      <Frame head={pointed} kind="pointed" />
    </svg>
  );
}

const x = (layer: number) => CELL.left + layer * CELL.width;
const y = (head: number) => CELL.top + head * CELL.height;

function Numbers({ layers, heads }: { readonly layers: number; readonly heads: number }) {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
  return (
    <g class="axis">
      {numbers(layers).map((layer) => (
        <text key={`l${layer}`} x={x(layer) + CELL.width / 2} y={CELL.top - 6} text-anchor="middle">
          {layer}
        </text>
      ))}
      {numbers(heads).map((head) => (
        <text
          key={`h${head}`}
          x={CELL.left - 6}
          y={y(head) + CELL.height / 2 + 4}
          text-anchor="end"
        >
          {head}
        </text>
      ))}
    </g>
  );
}

function Shares({ inside }: { readonly inside: Inside }) {
  const most = greatest(inside.onPassages.flat());
  return (
    <>
      {inside.onPassages.flatMap((masses, layer) =>
        masses.map((mass, head) => (
          <rect
            key={`${layer}-${head}`}
            x={x(layer)}
            y={y(head)}
            width={CELL.width - 1}
            height={CELL.height - 1}
            class="cell"
            style={{ '--strength': `${((mass / most) * 100).toFixed(1)}%` }}
          />
        )),
      )}
    </>
  );
}

/** One path for all bars of a passage: thousands of elements would be slow to draw. */
function Pictures({ inside, marks }: Pick<Props, 'inside' | 'marks'>) {
  const { layers, heads, passageIds = [], onEach = [] } = inside;
  const paths = useMemo(() => {
    const most = greatest(onEach.flat(2));
    const bar = Math.max(1, (CELL.width - 3) / Math.max(1, passageIds.length));
    const lines = passageIds.map((_, place) =>
      onEach.flatMap((masses, layer) =>
        masses.flatMap((each, head) => {
          const tall = ((each[place] ?? 0) / most) * (CELL.height - 3);
          const left = (x(layer) + 1 + place * bar).toFixed(1);
          const base = y(head) + CELL.height - 2;
          return tall < 0.3
            ? []
            : [`M${left} ${base}h${bar.toFixed(1)}v${(-tall).toFixed(1)}h${(-bar).toFixed(1)}z`];
        }),
      ),
    );
    return lines.map((line) => line.join(''));
  }, [passageIds, onEach]);
  const frames = Array.from({ length: layers * heads }, (_, index) => {
    const [layer, head] = [Math.floor(index / heads), index % heads];
    return `M${x(layer)} ${y(head)}h${CELL.width - 1}v${CELL.height - 1}h${1 - CELL.width}z`;
  }).join('');
  return (
    <>
      <path class="picture-frames" d={frames} />
      {paths.map((path, place) => (
        <path key={place} d={path} fill={colourOf(marks.get(passageIds[place] ?? -1))} />
      ))}
    </>
  );
}

function Frame({ head, kind }: { readonly head: HeadChoice; readonly kind: string }) {
  return head === null ? null : (
    <rect
      class={`frame ${kind}`}
      x={x(head.layer) - 0.5}
      y={y(head.head) - 0.5}
      width={CELL.width}
      height={CELL.height}
    />
  );
}

/** The greatest of some shares, above nothing. */
export const greatest = (shares: readonly number[]): number =>
  shares.reduce((most, share) => Math.max(most, share), 1e-9);
