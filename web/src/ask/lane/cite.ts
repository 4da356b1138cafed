/** Puts the letters of what each sentence attended behind it, as buttons that open the source. */
import type { PassageTrace, PathTrace } from '../../api/types';
import { percent, t } from '../../i18n';
import { citationsOf } from '../../maths/citations';
import { colourOf, type Mark } from '../../maths/marks';
import { hoveredPassage } from '../../state/focus';
import { canOpenSources, openSource } from '../../state/source';
import { shortName } from '../passages/shortName';

/** Adds citations to a drawn answer. */
export function cite(answer: HTMLElement, path: PathTrace, marks: ReadonlyMap<number, Mark>): void {
  for (const { token, passages } of citationsOf(path)) {
    const place = lastSpan(answer, token);
    const letters = passages.flatMap(({ id, mass }) => {
      const passage = path.passages.find((one) => one.id === id);
      return passage === undefined ? [] : [letterOf(passage, mass, marks.get(id))];
    });
    place?.after(...letters);
  }
}

/** What a token wrote last; marks of Markdown write nothing, so it may be one before it. */
function lastSpan(answer: HTMLElement, token: number): Element | null {
  for (let at = token; at >= 0; at--) {
    const last = [...answer.querySelectorAll(`[data-token="${at}"]`)].at(-1);
    if (last !== undefined) {
      return last;
    }
  }
  return null;
}

function letterOf(passage: PassageTrace, mass: number, mark: Mark | undefined): HTMLElement {
  const button = document.createElement('button');
  const letter = mark?.letter ?? '?';
  const name = shortName(passage);
  button.type = 'button';
  button.className = 'cite';
  button.textContent = letter;
  button.style.setProperty('--hue', colourOf(mark));
  button.setAttribute(
    'aria-label',
    t(canOpenSources.value ? 'cite.open' : 'cite.attended', { letter, name, mass: percent(mass) }),
  );
  const light = (id: number | null) => () => {
    hoveredPassage.value = id;
  };
  button.addEventListener('pointerenter', light(passage.id));
  button.addEventListener('pointerleave', light(null));
  button.addEventListener('focus', light(passage.id));
  button.addEventListener('blur', light(null));
  button.addEventListener('click', (event) => {
    // The answer pins words that are pressed.
    event.stopPropagation();
    if (canOpenSources.value) {
      openSource(passage);
    }
  });
  button.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.stopPropagation();
    }
  });
  return button;
}
