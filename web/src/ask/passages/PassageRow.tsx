/** A passage as a row of a step's table, in its colour. */
import type { ComponentChildren } from 'preact';
import type { PassageTrace } from '../../api/types';
import { colourOf, type Mark } from '../../maths/marks';
import { PassageMark } from './PassageMark';
import { shortName } from './shortName';

interface Props {
  readonly passage: PassageTrace;
  readonly mark: Mark | undefined;
  /** Whether it was left out, and is shown for comparison. */
  readonly outside?: boolean;
  /** The cells behind its name. */
  readonly children: ComponentChildren;
}

export function PassageRow({ passage, mark, outside = false, children }: Props) {
  return (
    <tr class={outside ? 'outside' : ''} style={{ '--hue': colourOf(mark) }}>
      <th scope="row">
        <PassageMark mark={mark} />
        <span>{shortName(passage)}</span>
      </th>
      {children}
    </tr>
  );
}
