/** Two columns of ranks with a line for each passage between them. */
import { percent, t } from '../i18n';
import type { Ranked } from '../maths/agreement';
import { colourOf, type Mark } from '../maths/marks';
import { hoveredPassage } from '../state/focus';
import { shortName } from './stepRows';

interface Props {
  readonly ranked: readonly Ranked[];
  readonly marks: ReadonlyMap<number, Mark>;
}

const ROW = 30;
const TOP = 34;
const WIDTH = 720;
const LEFT = 292;
const RIGHT = 428;
/** Most rows drawn; the table has them all. */
const MOST = 12;
const NAME = 36;

export function SlopeChart({ ranked, marks }: Props) {
  const rows = ranked.filter(
    ({ retrieved, attended }) => (retrieved ?? MOST + 1) <= MOST || (attended ?? MOST + 1) <= MOST,
  );
  const deepest = Math.max(
    1,
    ...rows.flatMap(({ retrieved, attended }) =>
      [retrieved ?? 0, attended ?? 0].filter((place) => place <= MOST),
    ),
  );
  const height = TOP + deepest * ROW + 8;
  const y = (place: number) => TOP + (place - 0.5) * ROW;
  return (
    <svg
      class="slope"
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-label={rows
        .map(
          ({ passage, retrieved, attended }) =>
            `${marks.get(passage.id)?.letter ?? '?'}: ${retrieved ?? t('agree.notretrieved')}, ${
              attended ?? t('agree.notread')
            }`,
        )
        .join('; ')}
    >
      <text x={LEFT + 10} y={16} class="column" text-anchor="end">
        {t('agree.retrieved')}
      </text>
      <text x={RIGHT - 10} y={16} class="column">
        {t('agree.attended')}
      </text>
      {rows.map((row) => (
        <Slope key={row.passage.id} row={row} mark={marks.get(row.passage.id)} y={y} />
      ))}
    </svg>
  );
}

interface SlopeProps {
  readonly row: Ranked;
  readonly mark: Mark | undefined;
  readonly y: (place: number) => number;
}

function Slope({ row, mark, y }: SlopeProps) {
  const { passage, mass } = row;
  const retrieved = row.retrieved !== null && row.retrieved <= MOST ? row.retrieved : null;
  const attended = row.attended !== null && row.attended <= MOST ? row.attended : null;
  const name = shorten(shortName(passage));
  const other = hoveredPassage.value;
  const state = other === null ? '' : other === passage.id ? 'lit' : 'faded';
  return (
    <g
      class={`pair ${state}`}
      style={{ '--hue': colourOf(mark) }}
      onPointerEnter={() => {
        hoveredPassage.value = passage.id;
      }}
      onPointerLeave={() => {
        hoveredPassage.value = null;
      }}
    >
      {retrieved !== null && attended !== null && (
        <line x1={LEFT + 10} y1={y(retrieved)} x2={RIGHT - 10} y2={y(attended)} />
      )}
      {retrieved !== null && (
        <>
          <Dot x={LEFT} y={y(retrieved)} letter={mark?.letter} hollow={attended === null} />
          <text x={LEFT - 18} y={y(retrieved) + 5} text-anchor="end">
            {name}
          </text>
          {row.attended === null && (
            <text x={LEFT + 18} y={y(retrieved) + 5} class="remark">
              {t('agree.notread')}
            </text>
          )}
        </>
      )}
      {attended !== null && (
        <>
          <Dot x={RIGHT} y={y(attended)} letter={mark?.letter} hollow={retrieved === null} />
          <text x={RIGHT + 18} y={y(attended) + 5}>
            {mass === null ? '' : percent(mass)}
            <tspan dx={10} class="remark">
              {retrieved === null ? name : ''}
            </tspan>
          </text>
        </>
      )}
    </g>
  );
}

interface DotProps {
  readonly x: number;
  readonly y: number;
  readonly letter: string | undefined;
  readonly hollow: boolean;
}

function Dot({ x, y, letter, hollow }: DotProps) {
  return (
    <>
      <circle cx={x} cy={y} r={10} class={hollow ? 'hollow' : ''} />
      <text x={x} y={y + 4.5} text-anchor="middle" class={hollow ? 'letter open' : 'letter'}>
        {letter}
      </text>
    </>
  );
}

function shorten(name: string): string {
  return name.length > NAME ? `${name.slice(0, NAME - 1).trimEnd()}…` : name;
}
