/** Which passage every letter stands for. */
import type { PassageTrace } from '../../api/types';
import type { Mark } from '../../maths/marks';
import { PassageMark } from './PassageMark';
import { shortName } from './shortName';

interface Props {
  readonly passages: readonly PassageTrace[];
  readonly marks: ReadonlyMap<number, Mark>;
}

export function PassageNames({ passages, marks }: Props) {
  return (
    <ul class="passage-names">
      {passages.map((passage) => (
        <li key={passage.id}>
          <PassageMark mark={marks.get(passage.id)} /> {shortName(passage)}
        </li>
      ))}
    </ul>
  );
}
