/** What an exported page carries, and how it is put into the page and read again. */
import type { AnswerPath, Trace } from '../api/types';
import type { Inside } from '../maths/lookup';
import type { PackedWords } from '../maths/words';
import type { Found } from '../state/laboratory';

export interface Shared {
  readonly trace: Trace;
  /** The contrast that stands beside it; absent in pages from before there were such. */
  readonly beside?: Trace | null;
  /** Which words were attended, for the paths where that is known. */
  readonly words: Partial<Record<AnswerPath, PackedWords>>;
  /** Look-ups inside the decoder; the first is the one to show. */
  readonly lookUps: readonly Found[];
}

/** Where the build leaves room for the data; the element's whole text. */
export const ROOM = '__KVASIR_SHARED__';
export const ELEMENT = 'shared';

/** Digits kept of a mass: finer differences cannot be seen. */
const MASS_DIGITS = 4;

/** Bytes that an exported page may have; a trace alone may need more. */
export const MOST_BYTES = 2_000_000;

/** The template with the data in its place, as much of it as the page may hold. */
export function fillPage(template: string, shared: Shared, most = MOST_BYTES): string {
  if (!template.includes(ROOM)) {
    throw new Error('The page to export into is not one of Kvasir.');
  }
  const fitting = withinBytes(slim(shared), most - bytesOf(template));
  // A text of a document that ends the script element must not end it here.
  const json = inMarkup(fitting);
  return template.replace(ROOM, () => json);
}

const inMarkup = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** The trace, then words and look-ups, each as long as there is room for it. */
function withinBytes(shared: Shared, most: number): Shared {
  let room = most - bytesOf(inMarkup({ ...shared, words: {}, lookUps: [] }));
  const fits = (value: unknown): boolean => {
    const bytes = bytesOf(inMarkup(value));
    const enough = bytes <= room;
    room -= enough ? bytes : 0;
    return enough;
  };
  const words = Object.fromEntries(Object.entries(shared.words).filter((entry) => fits(entry)));
  return { ...shared, words, lookUps: shared.lookUps.filter((one) => fits(one)) };
}

/** The data of the page that is running; null where it carries none. */
export function readShared(): Shared | null {
  const text = document.getElementById(ELEMENT)?.textContent ?? ROOM;
  return text.trim() === ROOM ? null : (JSON.parse(text) as Shared);
}

/** Leaves out what no page shows, and digits that nobody sees. */
function slim({ trace, beside = null, words, lookUps }: Shared): Shared {
  const kept = lookUps.map(({ wanted, inside }) => ({ wanted, inside: slimInside(inside) }));
  return {
    trace: slimTrace(trace),
    beside: beside === null ? null : slimTrace(beside),
    words,
    lookUps: kept,
  };
}

function slimTrace(trace: Trace): Trace {
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
  return { ...trace, paths };
}

const round = (value: number): number => Number(value.toFixed(MASS_DIGITS));

function slimInside(inside: Inside): Inside {
  return {
    ...inside,
    mass: inside.mass.map(round),
    onPassages: inside.onPassages.map((heads) => heads.map(round)),
    ...(inside.onEach && {
      onEach: inside.onEach.map((heads) => heads.map((masses) => masses.map(round))),
    }),
  };
}
