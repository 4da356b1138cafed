/** Steps 2 to 4 side by side: one row for each passage, its two values on either side of it. */
import { fixed, number, percent, t } from '../../i18n';
import { lengths, type LookedUp } from '../../maths/lookup';
import { colourOf, type Mark } from '../../maths/marks';
import { hoveredPassage } from '../../state/focus';
import { PassageMark } from '../passages/PassageMark';
import type { StepName } from '../formulas/formulas';

interface Props {
  readonly name: Exclude<StepName, 'query'>;
  readonly rows: readonly LookedUp[];
  readonly marks: ReadonlyMap<number, Mark>;
}

/** How many of retrieval's first passages are shown beside those that were read. */
const MOST = 8;

/** What a row says on either side, and how long its bars are. */
interface Values {
  readonly left: (row: LookedUp) => number | null;
  readonly right: (row: LookedUp) => number | null;
  readonly leftText: (row: LookedUp) => string;
  readonly rightText: (row: LookedUp) => string;
}

/** Scores have no zero: softmax sees their differences alone. */
const belowLeast = (scores: readonly number[]) => Math.min(...scores) - 1;

const dash = '—';

const VALUES: Readonly<Record<Props['name'], Values>> = {
  similarity: {
    left: ({ cosine }) => cosine,
    right: ({ score }) => score,
    leftText: ({ cosine }) => (cosine === null ? dash : `cos ${fixed(cosine, 2)}`),
    rightText: ({ score }) => (score === null ? dash : `s ${fixed(score, 2)}`),
  },
  selection: {
    left: ({ rank, tokens }) => (rank === null || tokens === null ? 0 : 1 / rank),
    right: ({ mass }) => mass,
    leftText: ({ rank, tokens }) =>
      rank === null
        ? t('passage.not.retrieved')
        : `#${rank} ${tokens === null ? t('step.cut') : t('lookup.kept')}`,
    rightText: ({ mass }) => (mass === null ? t('passage.unread') : percent(mass)),
  },
  content: {
    left: ({ tokens }) => tokens,
    right: ({ value, mass }) => value ?? mass,
    leftText: ({ tokens }) => (tokens === null ? dash : t('passage.tokens', { n: number(tokens) })),
    rightText: ({ value, mass }) =>
      value !== null ? `|Σ A·v| ${fixed(value, 2)}` : mass === null ? dash : percent(mass),
  },
};

export function LookUpRows({ name, rows, marks }: Props) {
  const shown = rows.filter(({ read, rank }) => read || (rank ?? Infinity) <= MOST);
  const { left, right, leftText, rightText } = VALUES[name];
  const leftLengths = lengths(shown.map(left), () => 0);
  const rightLengths = lengths(shown.map(right), name === 'similarity' ? belowLeast : () => 0);
  return (
    <ul class="look-rows">
      {shown.map((row, index) => {
        const { passage } = row;
        const mark = marks.get(passage.id);
        const other = hoveredPassage.value;
        const state = other === null ? '' : other === passage.id ? 'lit' : 'faded';
        return (
          <li
            key={passage.id}
            class={`look-row ${state}`}
            style={{ '--hue': colourOf(mark) }}
            onPointerEnter={() => {
              hoveredPassage.value = passage.id;
            }}
            onPointerLeave={() => {
              hoveredPassage.value = null;
            }}
          >
            <span class="look-value left">{leftText(row)}</span>
            <span class="look-bar left" style={{ '--share': shareOf(leftLengths[index]) }} />
            <PassageMark mark={mark} />
            <span class="look-bar right" style={{ '--share': shareOf(rightLengths[index]) }} />
            <span class="look-value right">{rightText(row)}</span>
          </li>
        );
      })}
    </ul>
  );
}

function shareOf(length: number | null | undefined): string {
  return `${((length ?? 0) * 100).toFixed(1)}%`;
}
