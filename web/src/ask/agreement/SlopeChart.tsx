/** Two columns of ranks with a line for each passage between them. */
import { percent, t } from '../../i18n';
import type { Ranked } from '../../maths/agreement';
import { colourOf, type Mark } from '../../maths/marks';
import { useWidth } from '../../shell/useWidth';
import { hoveredPassage } from '../../state/focus';
import { shortName } from '../passages/shortName';

interface Props {
  readonly ranked: readonly Ranked[];
  readonly marks: ReadonlyMap<number, Mark>;
}

const ROW = 30;
const TOP = 34;
/** Most rows drawn; the table has them all. */
const MOST = 12;
/** Below this width in pixels there is no room for headings beside the letters. */
const ROOMY = 620;
/** Rough width of a letter in pixels. */
const LETTER = 7;

/** Where the columns stand. */
interface Layout {
  readonly left: number;
  readonly right: number;
  /** Letters of a heading that fit on either side; 0 for none. */
  readonly letters: number;
}

function layoutOf(width: number): Layout {
  if (width < ROOMY) {
    return { left: 40, right: width - 74, letters: 0 };
  }
  const gap = Math.min(200, width * 0.2);
  const left = (width - gap) / 2 - 24;
  return { left, right: left + gap, letters: Math.floor((left - 24) / LETTER) };
}

export function SlopeChart({ ranked, marks }: Props) {
  const { frame, width } = useWidth(860);
  const within = (place: number | null) => place !== null && place <= MOST;
  const rows = ranked.filter((row) => within(row.retrieved) || within(row.attended));
  const places = rows.flatMap((row) => [row.retrieved ?? 0, row.attended ?? 0]);
  const deepest = Math.max(1, ...places.filter(within));
  const height = TOP + deepest * ROW + 8;
  const layout = layoutOf(width);
  return (
    <div class="slope-frame" ref={frame}>
      <svg
        class="slope"
        viewBox={`0 0 ${width} ${height}`}
        height={height}
        role="img"
        aria-label={rows.map((row) => inWords(row, marks)).join('; ')}
      >
        <text x={layout.left} y={16} class="column" text-anchor="middle">
          {t('agree.retrieved')}
        </text>
        <text x={layout.right} y={16} class="column" text-anchor="middle">
          {t('agree.attended')}
        </text>
        {rows.map((row) => (
          <Slope key={row.passage.id} row={row} mark={marks.get(row.passage.id)} layout={layout} />
        ))}
      </svg>
    </div>
  );
}

function inWords({ passage, retrieved, attended }: Ranked, marks: Props['marks']): string {
  const letter = marks.get(passage.id)?.letter ?? '?';
  const left = retrieved ?? t('agree.notretrieved');
  return `${letter}: ${left}, ${attended ?? t('agree.notread')}`;
}

interface SlopeProps {
  readonly row: Ranked;
  readonly mark: Mark | undefined;
  readonly layout: Layout;
}

function Slope({ row, mark, layout }: SlopeProps) {
  const { passage, mass } = row;
  const { left, right, letters } = layout;
  const retrieved = row.retrieved !== null && row.retrieved <= MOST ? row.retrieved : null;
  const attended = row.attended !== null && row.attended <= MOST ? row.attended : null;
  const name = letters === 0 ? '' : shorten(shortName(passage), letters);
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
        <line x1={left + 10} y1={y(retrieved)} x2={right - 10} y2={y(attended)} />
      )}
      {retrieved !== null && (
        <>
          <Dot x={left} y={y(retrieved)} letter={mark?.letter} hollow={attended === null} />
          <text x={left - 18} y={y(retrieved) + 5} text-anchor="end">
            {name}
          </text>
          {row.attended === null && (
            <text x={left + 18} y={y(retrieved) + 5} class="remark">
              {t('agree.notread')}
            </text>
          )}
        </>
      )}
      {attended !== null && (
        <>
          <Dot x={right} y={y(attended)} letter={mark?.letter} hollow={retrieved === null} />
          <text x={right + 18} y={y(attended) + 5}>
            {mass === null ? '' : percent(mass)}
          </text>
          {retrieved === null && (
            <text x={right + 74} y={y(attended) + 5} class="remark">
              {letters === 0 ? '' : shorten(name, letters - 8)}
            </text>
          )}
        </>
      )}
    </g>
  );
}

function y(place: number): number {
  return TOP + (place - 0.5) * ROW;
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

/** Cuts a name to a width in letters; a Chinese character is as wide as two. */
function shorten(name: string, letters: number): string {
  let width = 0;
  for (let i = 0; i < name.length; i++) {
    width += name.charCodeAt(i) > 0x2e7f ? 2 : 1;
    if (width > letters) {
      return `${name.slice(0, Math.max(0, i - 1)).trimEnd()}…`;
    }
  }
  return name;
}
