/** The prompt's text, its passages and its question each in their own colour. */
import type { ComponentChildren } from 'preact';
import type { PathTrace } from '../../api/types';
import { colourOf, type Mark } from '../../maths/marks';

interface Props {
  readonly path: PathTrace;
  readonly marks: ReadonlyMap<number, Mark>;
  /** Marked where it stands last: what was asked. */
  readonly question?: string;
}

/** A stretch of the prompt that is marked. */
interface Stretch {
  readonly begin: number;
  readonly end: number;
  readonly hue: string;
}

export function ColouredPrompt({ path, marks, question }: Props) {
  const text = path.prompt?.text ?? '';
  const stretches = passagesIn(path, text, marks);
  const asked = question === undefined ? -1 : text.lastIndexOf(question.trim());
  const end = stretches.at(-1)?.end ?? 0;
  if (question !== undefined && asked >= end) {
    const hue = 'var(--neutral-4)';
    stretches.push({ begin: asked, end: asked + question.trim().length, hue });
  }
  const pieces: ComponentChildren[] = [];
  let at = 0;
  for (const stretch of stretches) {
    pieces.push(text.slice(at, stretch.begin));
    pieces.push(
      <mark key={stretch.begin} style={{ '--hue': stretch.hue }}>
        {text.slice(stretch.begin, stretch.end)}
      </mark>,
    );
    at = stretch.end;
  }
  return (
    <>
      {pieces}
      {text.slice(at)}
    </>
  );
}

/** Where passages are found in the text, in the order in which they stand in it. */
function passagesIn(path: PathTrace, text: string, marks: Props['marks']): Stretch[] {
  const read = path.passages
    .filter(({ inPrompt }) => inPrompt !== null)
    .sort((a, b) => (a.inPrompt?.position ?? 0) - (b.inPrompt?.position ?? 0));
  const found: Stretch[] = [];
  for (const passage of read) {
    const words = passage.text.trim();
    const begin = text.indexOf(words, found.at(-1)?.end ?? 0);
    if (begin >= 0) {
      found.push({ begin, end: begin + words.length, hue: colourOf(marks.get(passage.id)) });
    }
  }
  return found;
}
