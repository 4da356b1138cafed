/** What an exported page carries, and how it is put into the page and read again. */
import type { Attention } from '../api/evidence';
import type { AnswerPath, Trace } from '../api/types';
import type { PackedWords } from '../maths/words';

export interface Shared {
  readonly trace: Trace;
  /** Which words were attended, for the paths where that is known. */
  readonly words: Partial<Record<AnswerPath, PackedWords>>;
  /** The look-up inside the decoder that was open; null if none was. */
  readonly attention: Attention | null;
}

/** Where the build leaves room for the data; the element's whole text. */
export const ROOM = '__KVASIR_SHARED__';
export const ELEMENT = 'shared';

/** Digits kept of a mass: finer differences cannot be seen. */
const MASS_DIGITS = 4;

/** The template with the data in its place. */
export function fillPage(template: string, shared: Shared): string {
  if (!template.includes(ROOM)) {
    throw new Error('The page to export into is not one of Kvasir.');
  }
  // A text of a document that ends the script element must not end it here.
  const json = JSON.stringify(slim(shared)).replaceAll('<', '\\u003c');
  return template.replace(ROOM, () => json);
}

/** The data of the page that is running; null where it carries none. */
export function readShared(): Shared | null {
  const text = document.getElementById(ELEMENT)?.textContent ?? ROOM;
  return text.trim() === ROOM ? null : (JSON.parse(text) as Shared);
}

/** Leaves out what no page shows, and digits that nobody sees. */
function slim({ trace, words, attention }: Shared): Shared {
  const round = (value: number) => Number(value.toFixed(MASS_DIGITS));
  const paths = trace.paths.map((path) => ({
    ...path,
    prompt: path.prompt === null ? null : { ...path.prompt, ids: [] },
    tokens: path.tokens.map((token) => ({
      ...token,
      ms: Math.round(token.ms),
      logprob: round(token.logprob),
      mass: token.mass.map(round),
    })),
  }));
  const cells = (all: Attention['headMass']) => all.map((heads) => heads.map((m) => m.map(round)));
  return {
    trace: { ...trace, paths },
    words,
    attention:
      attention === null
        ? null
        : { ...attention, headMass: cells(attention.headMass), headScore: [], positions: null },
  };
}
