/** The same passages looked up twice: by the question's vector, and by a query inside the decoder. */
import type {
  AnswerPath,
  Attention,
  HeadStep,
  PassageTrace,
  PathTrace,
  PromptPart,
} from '../api/types';
import type { Shares } from './mass';

/** What a look-up inside the decoder found, as much of it as is shown. */
export interface Inside {
  readonly path: AnswerPath;
  readonly parts: readonly PromptPart[];
  readonly mass: Attention['mass'];
  readonly score: Attention['score'];
  readonly layers: number;
  readonly heads: number;
  /** Share of its attention that each head gave to passages, by layer. */
  readonly onPassages: readonly (readonly number[])[];
  /** The passages of the prompt in its order; absent in findings kept by earlier versions. */
  readonly passageIds?: readonly number[];
  /** What each head gave to each of them, by layer. */
  readonly onEach?: readonly (readonly (readonly number[])[])[];
  /** The head that was chosen; null for a mean. */
  readonly step: HeadStep | null;
}

/** Keeps of the server's answer what is shown. */
export function insideOf(attention: Attention): Inside {
  const { path, parts, mass, score, layers, heads, headMass, step } = attention;
  const onPassages = headMass.map((layer) =>
    layer.map((head) =>
      parts.reduce(
        (sum, part, index) => sum + (part.kind === 'passage' ? (head[index] ?? 0) : 0),
        0,
      ),
    ),
  );
  const passageIds = idsOf(parts);
  const onEach = headMass.map((layer) =>
    layer.map((head) => passageIds.map((id) => massOn(id, parts, head))),
  );
  return { path, parts, mass, score, layers, heads, onPassages, passageIds, onEach, step };
}

const idsOf = (parts: readonly PromptPart[]): readonly number[] => [
  ...new Set(parts.map(({ passageId }) => passageId).filter((id) => id !== null)),
];

const massOn = (id: number, parts: readonly PromptPart[], masses: readonly number[]): number =>
  parts.reduce((sum, { passageId }, part) => sum + (passageId === id ? (masses[part] ?? 0) : 0), 0);

/** The head that gave passages most of its attention. */
export function strongestHead({ onPassages }: Inside): { layer: number; head: number } {
  let best = { layer: 0, head: 0 };
  let most = -1;
  onPassages.forEach((heads, layer) => {
    heads.forEach((mass, head) => {
      if (mass > most) {
        most = mass;
        best = { layer, head };
      }
    });
  });
  return best;
}

/**
 * Of the heads that are averaged, the one that gave a single passage most: it points, where others
 * only spread over what is there.
 */
export function pointingHead({ headMass, parts, selected }: Attention): {
  layer: number;
  head: number;
} {
  const ids = idsOf(parts);
  let best = { layer: 0, head: 0 };
  let most = -1;
  for (const [layer = 0, head = 0] of selected) {
    const masses = headMass[layer]?.[head] ?? [];
    for (const id of ids) {
      const mass = massOn(id, parts, masses);
      if (mass > most) {
        most = mass;
        best = { layer, head };
      }
    }
  }
  return best;
}

/** One passage in both look-ups; null where a look-up does not have it. */
export interface LookedUp {
  readonly passage: PassageTrace;
  /** Cosine of its vector and the question's. */
  readonly cosine: number | null;
  readonly rank: number | null;
  /** Tokens that retrieval had put into its prompt. */
  readonly tokens: number | null;
  /** Whether the decoder could look it up, having read it. */
  readonly read: boolean;
  /** Log of the summed exponentials of its scores. */
  readonly score: number | null;
  /** Its share of the softmax. */
  readonly mass: number | null;
  /** Length of its part of the weighted sum of values. */
  readonly value: number | null;
}

/** Rows, retrieval's choice as the path that retrieved has it, for passages that are in the prompt or were retrieved, by retrieval's rank. */
export function lookedUp(
  path: PathTrace,
  retrieving: PathTrace | undefined,
  hits: readonly PassageTrace[],
  shares: Shares,
  found: Inside | null,
): readonly LookedUp[] {
  const own = new Map(path.passages.map((passage) => [passage.id, passage]));
  const chosen = new Map(retrieving?.passages.map(({ id, inPrompt }) => [id, inPrompt?.tokens]));
  const shown = [...path.passages, ...hits.filter(({ id }) => !own.has(id))];
  return shown
    .map((passage) => {
      const inside = found === null ? null : passageInside(found, passage.id);
      return {
        passage,
        cosine: passage.retrieved?.dense ?? null,
        rank: passage.retrieved?.rank ?? null,
        tokens: chosen.get(passage.id) ?? null,
        read: (own.get(passage.id)?.inPrompt ?? null) !== null,
        score: inside?.score ?? null,
        mass: inside?.mass ?? shares.passages.get(passage.id)?.mass ?? null,
        value: inside?.value ?? null,
      };
    })
    .sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity));
}

function passageInside(found: Inside, passageId: number) {
  const parts = found.parts.flatMap((part, index) => (part.passageId === passageId ? [index] : []));
  if (parts.length === 0) {
    return null;
  }
  const step = found.step;
  const sum = (of: (index: number) => number | undefined) =>
    parts.reduce((total, index) => total + (of(index) ?? 0), 0);
  // What is not seen has no score, which is to say one below all others.
  const seen = sum((index) =>
    Math.exp(step?.parts[index]?.score ?? found.score[index] ?? -Infinity),
  );
  return {
    score: seen === 0 ? null : Math.log(seen),
    mass: sum((index) => step?.parts[index]?.mass ?? found.mass[index]),
    value: step === null ? null : sum((index) => step.parts[index]?.value),
  };
}

/** Values as lengths from 0 to 1, measured from the given zero. */
export function lengths(
  values: readonly (number | null)[],
  zero: (known: readonly number[]) => number,
): readonly (number | null)[] {
  const known = values.filter((value) => value !== null);
  const most = Math.max(...known);
  const least = zero(known);
  return values.map((value) =>
    value === null || most === least ? null : (value - least) / (most - least),
  );
}
