/** Every head of the decoder as a cell, coloured the more of its attention went to passages. */
import { percent, t } from '../../i18n';
import type { Inside } from '../../maths/lookup';
import type { HeadChoice } from '../../state/laboratory';

interface Props {
  readonly inside: Inside;
  readonly chosen: HeadChoice;
  readonly onChoose: ((head: HeadChoice) => void) | null;
}

const CELL = 14;

export function HeadMap({ inside, chosen, onChoose }: Props) {
  const { layers, heads } = inside;
  const cells = Array.from({ length: layers * heads }, (_, index) => {
    const layer = Math.floor(index / heads);
    const head = index % heads;
    return { layer, head, mass: inside.onPassages[layer]?.[head] ?? 0 };
  });
  const most = Math.max(...cells.map(({ mass }) => mass), 1e-9);
  const best = cells.reduce((a, b) => (b.mass > a.mass ? b : a), cells[0] ?? NO_CELL);
  return (
    <figure class="head-map">
      <svg
        viewBox={`0 0 ${layers * CELL} ${heads * CELL}`}
        style={{ maxWidth: `${layers * CELL}px` }}
        role="img"
        aria-label={t('lookup.map.most', { ...best, mass: percent(best.mass) })}
      >
        {cells.map((cell) => (
          <rect
            key={`${cell.layer}-${cell.head}`}
            x={cell.layer * CELL}
            y={cell.head * CELL}
            width={CELL - 1}
            height={CELL - 1}
            class={
              chosen?.layer === cell.layer && chosen.head === cell.head ? 'cell chosen' : 'cell'
            }
            style={{ '--strength': `${Math.round((cell.mass / most) * 100)}%` }}
            onClick={
              onChoose === null
                ? undefined
                : () => {
                    onChoose({ layer: cell.layer, head: cell.head });
                  }
            }
          >
            <title>{t('lookup.cell', { ...cell, mass: percent(cell.mass) })}</title>
          </rect>
        ))}
      </svg>
      <figcaption class="quiet">
        {t('lookup.map')}
        <span class="ramp">
          {percent(0)}
          <span class="ramp-colours" />
          {percent(most)}
        </span>
      </figcaption>
    </figure>
  );
}

const NO_CELL = { layer: 0, head: 0, mass: 0 };
