/** What temperature, top-k and top-p leave of the tokens that could have come. */
import type { NextTokens } from '../api/types';

type Place = NextTokens['tokens'][number];

/** How somebody would draw. */
export interface Drawing {
  /** 0 for the most probable token alone. */
  readonly temperature: number;
  /** 0 for all. */
  readonly topK: number;
  /** 1 for all. */
  readonly topP: number;
}

/** A token that could have come, and what would be left of it. */
export interface Candidate {
  readonly id: number;
  readonly text: string;
  /** Its probability as the decoder gives it. */
  readonly probability: number;
  /** Its probability at the temperature, before anything is cut. */
  readonly warmed: number;
  /** What cuts it off; null for what could still be drawn. */
  readonly cut: 'temperature' | 'topK' | 'topP' | null;
}

export interface Cuts {
  readonly candidates: readonly Candidate[];
  /** Share of all other tokens at the temperature, which are not named. */
  readonly rest: number;
  /** Whether tokens that are not named could still be drawn. */
  readonly more: boolean;
}

/**
 * The candidates of a place under a way to draw. In the sampler's order: temperature, top-k, and
 * top-p of what that left. The temperature must be 0 or one that has a normaliser.
 */
export function cutsOf(place: Place, temperatures: readonly number[], drawing: Drawing): Cuts {
  const { temperature, topK, topP } = drawing;
  const normaliser = place.normalisers[temperatures.indexOf(temperature)] ?? 0;
  const warmed = place.candidates.map(({ logprob }, index) =>
    temperature === 0 ? Number(index === 0) : Math.exp(logprob / temperature - normaliser),
  );
  const named = warmed.reduce((sum, share) => sum + share, 0);
  const rest = Math.max(0, 1 - named);
  const kept = topK === 0 ? warmed.length : Math.min(topK, warmed.length);
  // Of more than are named, top-p looks at what the others have too.
  const whole =
    topK === 0 || topK > warmed.length
      ? 1
      : warmed.slice(0, kept).reduce((sum, share) => sum + share, 0);
  let before = 0;
  const candidates = place.candidates.map(({ id, text, logprob }, index) => {
    const share = warmed[index] ?? 0;
    const cut =
      temperature === 0 && index > 0
        ? ('temperature' as const)
        : index >= kept
          ? ('topK' as const)
          : topP < 1 && before >= topP * whole
            ? ('topP' as const)
            : null;
    before += share;
    return { id, text, probability: Math.exp(logprob), warmed: share, cut };
  });
  const open = temperature > 0 && (topK === 0 || topK > warmed.length);
  return { candidates, rest, more: open && (topP === 1 || named < topP) && rest > 1e-6 };
}

/** The temperature among some that is nearest to a given one; 0 stays what it is. */
export function nearest(temperatures: readonly number[], wanted: number): number {
  return wanted === 0
    ? 0
    : temperatures.reduce((best, one) =>
        Math.abs(one - wanted) < Math.abs(best - wanted) ? one : best,
      );
}

/** The place at which the decoder was least certain, behind the words that it was given. */
export function leastCertain({ tokens, given }: NextTokens): number {
  return tokens.reduce(
    (least, { logprob }, index) =>
      index > given && logprob < (tokens[least]?.logprob ?? 0) ? index : least,
    Math.min(given, tokens.length - 1),
  );
}
