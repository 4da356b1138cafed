/** What the map of heads shows, in words, with the scale that it is drawn by. */
import type { PathTrace } from '../../api/types';
import { percent, t } from '../../i18n';
import type { Inside } from '../../maths/lookup';
import type { Mark } from '../../maths/marks';
import { PassageMark } from '../passages/PassageMark';
import { shortName } from '../passages/shortName';
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
      <span class="head-passages">
        {(inside.passageIds ?? []).map((id) => {
          const passage = path.passages.find((one) => one.id === id);
          return (
            <span key={id}>
              <PassageMark mark={marks.get(id)} /> {passage === undefined ? '' : shortName(passage)}
            </span>
          );
        })}
      </span>
    </figcaption>
  );
}
