/** How far two rankings of the same passages agree. */
import type { PassageEvidence, PassageTrace } from '../api/types';
import type { Shares } from './mass';

/** What attention's ranking goes by; the last two are known only after a test. */
export type RankBy = 'mass' | 'lift' | 'calibrated' | 'delta';

/** A passage with its place in both rankings; null where a ranking does not have it. */
export interface Ranked {
  readonly passage: PassageTrace;
  readonly retrieved: number | null;
  readonly attended: number | null;
  readonly mass: number | null;
  readonly lift: number | null;
}

/** Ranks a lane's passages as retrieval and as attention see them, by retrieval's rank first. */
export function rank(
  passages: readonly PassageTrace[],
  shares: Shares,
  by: RankBy,
  tested: readonly PassageEvidence[] = [],
): readonly Ranked[] {
  const value = ({ id }: PassageTrace) => {
    const found = shares.passages.get(id);
    const test = tested.find((one) => one.id === id);
    switch (by) {
      case 'mass':
        return found?.mass ?? null;
      case 'lift':
        return found === undefined ? null : (found.lift ?? 0);
      case 'calibrated':
        return test?.calibrated ?? null;
      case 'delta':
        return test?.delta ?? null;
    }
  };
  const read = passages.filter((passage) => passage.inPrompt !== null && value(passage) !== null);
  const order = [...read].sort((a, b) => (value(b) ?? 0) - (value(a) ?? 0));
  const place = new Map(order.map((passage, index) => [passage.id, index + 1]));
  return passages
    .map((passage) => ({
      passage,
      retrieved: passage.retrieved?.rank ?? null,
      attended: place.get(passage.id) ?? null,
      mass: shares.passages.get(passage.id)?.mass ?? null,
      lift: shares.passages.get(passage.id)?.lift ?? null,
    }))
    .sort(
      (a, b) =>
        (a.retrieved ?? Infinity) - (b.retrieved ?? Infinity) ||
        (a.attended ?? Infinity) - (b.attended ?? Infinity),
    );
}

/** Share of the first k of one ranking that is among the first k of the other. */
export function overlapAt(ranked: readonly Ranked[], k: number): number | null {
  const left = ranked.filter(({ retrieved }) => retrieved !== null && retrieved <= k);
  const right = ranked.filter(({ attended }) => attended !== null && attended <= k);
  const size = Math.min(k, Math.max(left.length, right.length));
  if (left.length === 0 || right.length === 0 || size === 0) {
    return null;
  }
  const both = left.filter(({ attended }) => attended !== null && attended <= k).length;
  return both / size;
}

/**
 * Kendall's tau-b of two equally long lists, ties corrected; null where it is undefined (fewer
 * than two pairs, or one list constant).
 */
export function kendallTauB(x: readonly number[], y: readonly number[]): number | null {
  let concordant = 0;
  let discordant = 0;
  let tiesInX = 0;
  let tiesInY = 0;
  let pairs = 0;
  for (let i = 0; i < x.length; i++) {
    for (let j = i + 1; j < x.length; j++) {
      pairs++;
      const dx = Math.sign((x[i] ?? 0) - (x[j] ?? 0));
      const dy = Math.sign((y[i] ?? 0) - (y[j] ?? 0));
      if (dx === 0) tiesInX++;
      if (dy === 0) tiesInY++;
      if (dx * dy > 0) concordant++;
      if (dx * dy < 0) discordant++;
    }
  }
  const scale = Math.sqrt((pairs - tiesInX) * (pairs - tiesInY));
  return scale === 0 ? null : (concordant - discordant) / scale;
}

/** Tau-b over the passages that both rankings have. */
export function tauB(ranked: readonly Ranked[]): number | null {
  const both = ranked.filter((row) => row.retrieved !== null && row.attended !== null);
  return kendallTauB(
    both.map((row) => -(row.retrieved ?? 0)),
    both.map((row) => -(row.attended ?? 0)),
  );
}

/** How strongly rank-biased overlap prefers the top of a list. */
const PERSISTENCE = 0.9;

/**
 * Rank-biased overlap (extrapolated) of two orders of the same items, less what chance gives: 1 for
 * the same order, 0 for chance; null for fewer than two items.
 */
export function rboAboveChance(a: readonly number[], b: readonly number[]): number | null {
  const n = a.length;
  if (n < 2) {
    return null;
  }
  const seen = new Set<number>();
  let common = 0;
  let found = PERSISTENCE ** n;
  let chance = PERSISTENCE ** n;
  for (let depth = 1; depth <= n; depth++) {
    for (const item of [a[depth - 1], b[depth - 1]]) {
      if (item !== undefined) {
        common += seen.has(item) ? 1 : 0;
        seen.add(item);
      }
    }
    const weight = ((1 - PERSISTENCE) / PERSISTENCE) * PERSISTENCE ** depth;
    found += (weight * common) / depth;
    // Of two random orders the first d share d²/n items.
    chance += (weight * depth) / n;
  }
  return (found - chance) / (1 - chance);
}

/** Three measures of how far two rankings agree; null where one is undefined. */
export interface AgreementOf {
  readonly k: number;
  readonly overlap: number | null;
  readonly tau: number | null;
  readonly rbo: number | null;
}

/** Places of the top of a list that is compared. */
const TOP = 3;

/** How far attention's ranking agrees with retrieval's. */
export function agreementWithRetrieval(ranked: readonly Ranked[]): AgreementOf {
  const both = ranked.filter((row) => row.retrieved !== null && row.attended !== null);
  // All of a list are among all of it: only what leaves one out can disagree.
  const k = Math.max(1, Math.min(TOP, both.length - 1));
  const by = (key: 'retrieved' | 'attended') =>
    [...both].sort((a, b) => (a[key] ?? 0) - (b[key] ?? 0)).map(({ passage }) => passage.id);
  return {
    k,
    overlap: both.length < 2 ? null : overlapAt(ranked, k),
    tau: tauB(ranked),
    rbo: rboAboveChance(by('retrieved'), by('attended')),
  };
}

/** The control: how far attention's ranking is that of the places in the prompt alone. */
export function agreementWithPosition(ranked: readonly Ranked[]): AgreementOf {
  return agreementWithRetrieval(
    ranked
      .filter(({ passage }) => passage.inPrompt !== null)
      .map((row) => ({ ...row, retrieved: row.passage.inPrompt?.position ?? null })),
  );
}
