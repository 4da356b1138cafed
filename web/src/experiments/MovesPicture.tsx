/** A small picture of how questions flow from right and wrong in one row to those in another. */
import { number, t } from '../i18n';
import { bandsOf, type Move, MOVES } from './moves';

const WIDE = 360;
const HIGH = 168;
/** Room for a word on both sides. */
const SIDE = 84;
const NODE = 6;
const GAP = 16;
const TOP = 4;

interface Props {
  readonly counts: Readonly<Record<Move, number>>;
  readonly chosen: Move | null;
}

export function MovesPicture({ counts, chosen }: Props) {
  const height = HIGH - GAP - 2 * TOP;
  const bands = bandsOf(counts, height, GAP);
  const total = MOVES.reduce((sum, move) => sum + counts[move], 0);
  const scale = total === 0 ? 0 : height / total;
  const said = MOVES.map((move) => `${number(counts[move])} ${t(`experiments.move.${move}`)}`).join(
    t('list.and'),
  );
  return (
    <svg class="flow" viewBox={`0 0 ${WIDE} ${HIGH}`} role="img" aria-label={said}>
      {bands.map(({ move, thick, left, right }) => (
        <path
          key={move}
          class={`band ${move}${chosen === null || chosen === move ? '' : ' faint'}`}
          d={bandPath(TOP + left, TOP + right, thick)}
        >
          <title>{`${number(counts[move])} ${t(`experiments.move.${move}`)}`}</title>
        </path>
      ))}
      <Side right={counts.kept + counts.lost} total={total} scale={scale} before={true} />
      <Side right={counts.kept + counts.gained} total={total} scale={scale} before={false} />
    </svg>
  );
}

interface SideProps {
  readonly right: number;
  readonly total: number;
  readonly scale: number;
  readonly before: boolean;
}

function Side({ right, total, scale, before }: SideProps) {
  const x = before ? SIDE - NODE : WIDE - SIDE;
  const ends = [
    { name: 'right', count: right, top: TOP },
    { name: 'wrong', count: total - right, top: TOP + right * scale + GAP },
  ] as const;
  return (
    <>
      {ends.map(({ name, count, top }) => (
        <g key={name} class={`end ${name}`}>
          {count > 0 && <rect x={x} y={top} width={NODE} height={count * scale} />}
          <text
            x={before ? x - 8 : x + NODE + 8}
            y={Math.min(HIGH - TOP, Math.max(top + 9, top + (count * scale) / 2 + 5))}
            text-anchor={before ? 'end' : 'start'}
          >
            {t(`experiments.outcome.${name}`)} {number(count)}
          </text>
        </g>
      ))}
    </>
  );
}

/** A band from the left to the right, as thick on both sides. */
function bandPath(left: number, right: number, thick: number): string {
  const [start, end, middle] = [SIDE, WIDE - SIDE, WIDE / 2];
  return (
    `M${start} ${left}C${middle} ${left} ${middle} ${right} ${end} ${right}` +
    `V${right + thick}C${middle} ${right + thick} ${middle} ${left + thick} ${start} ${left + thick}Z`
  );
}
