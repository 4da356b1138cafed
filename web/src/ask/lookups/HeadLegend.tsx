/** What the map of heads shows, in words, with the scale that it is drawn by. */
import type { PathTrace } from '../../api/types';
import { percent, t } from '../../i18n';
import type { Inside } from '../../maths/lookup';
import type { Mark } from '../../maths/marks';
import { PassageNames } from '../passages/PassageNames';
import { type Drawing, greatest } from './HeadCells';

interface Props {
  readonly inside: Inside;
  readonly path: PathTrace;
  readonly marks: ReadonlyMap<number, Mark>;
  readonly drawing: Drawing;
}

export function HeadLegend({ inside, path, marks, drawing }: Props) {
  if (drawing === 'share') {
    return (
      <figcaption class="quiet">
        {t('lookup.map')}
        <span class="ramp">
          {percent(0)}
          <span class="ramp-colours" />
          {percent(greatest(inside.onPassages.flat()))}
        </span>
      </figcaption>
    );
  }
  const most = percent(greatest((inside.onEach ?? []).flat(2)));
  return (
    <figcaption class="quiet">
      {t('lookup.map.bars', { most })}
      <PassageNames
        passages={(inside.passageIds ?? []).flatMap((id) =>
          path.passages.filter((one) => one.id === id),
        )}
        marks={marks}
      />
    </figcaption>
  );
}
