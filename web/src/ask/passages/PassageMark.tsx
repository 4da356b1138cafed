/** The dot that stands for a passage, with its letter. */
import { colourOf, type Mark } from '../../maths/marks';

export function PassageMark({ mark }: { readonly mark: Mark | undefined }) {
  return (
    <span
      class={`dot hue-${mark?.hue ?? 0} ${(mark?.round ?? 0) > 0 ? 'again' : ''}`}
      style={{ '--hue': colourOf(mark) }}
    >
      {mark?.letter ?? '?'}
    </span>
  );
}
