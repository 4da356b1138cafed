/** What every step of a lane is given. */
import type { PathTrace } from '../../api/types';
import type { ContrastView } from '../../maths/contrast';
import type { Mark } from '../../maths/marks';

export interface StepProps {
  readonly view: ContrastView;
  readonly path: PathTrace;
  readonly marks: ReadonlyMap<number, Mark>;
}
