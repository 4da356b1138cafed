/** What attention gave each part of a prompt, over all tokens of an answer or some of them. */
import type { PartKind, PathTrace, PromptPart } from '../api/types';

/** A stretch of the prompt as the bars draw it: neighbouring parts of one origin are one slice. */
export interface Slice {
  readonly kind: PartKind;
  readonly passageId: number | null;
  /** Length in tokens. */
  readonly tokens: number;
  /** Length as a share of all that is drawn, 0 to 1. */
  readonly share: number;
  /** Share of attention, 0 to 1; 0 while there are no masses. */
  readonly mass: number;
  /** Mass over the share its length alone would give; null where that is undefined. */
  readonly lift: number | null;
}

/** What one passage got. */
export interface PassageMass {
  readonly mass: number;
  readonly lift: number | null;
}

/** What every part of one lane's prompt got. */
export interface Shares {
  readonly slices: readonly Slice[];
  readonly passages: ReadonlyMap<number, PassageMass>;
  /** How many tokens the masses are averaged over. */
  readonly tokens: number;
}

/** Averages the masses of the chosen tokens; of all tokens when none is chosen. */
export function meanMass(path: PathTrace, chosen: ReadonlySet<number>): readonly number[] {
  const length = path.prompt?.parts.length ?? 0;
  const sum = new Array<number>(length).fill(0);
  let count = 0;
  path.tokens.forEach((token, index) => {
    if (token.mass.length === 0 || (chosen.size > 0 && !chosen.has(index))) {
      return;
    }
    count++;
    token.mass.forEach((value, part) => {
      sum[part] = (sum[part] ?? 0) + value;
    });
  });
  return count === 0 ? sum : sum.map((value) => value / count);
}

/** The shares of a lane over the chosen tokens, with or without the first-token sink. */
export function sharesOf(
  path: PathTrace,
  chosen: ReadonlySet<number>,
  excludeSink: boolean,
): Shares {
  const parts = path.prompt?.parts ?? [];
  const last = parts.length - 1;
  const lengths = parts.map((part, index) =>
    index === last && part.kind === 'answer' ? path.tokens.length : part.tokens,
  );
  const raw = meanMass(path, chosen);
  const counts = (part: PromptPart) => !(excludeSink && part.kind === 'sink');
  const total = parts.reduce((sum, part, i) => sum + (counts(part) ? (raw[i] ?? 0) : 0), 0);
  const drawn = lengths.reduce((sum, length) => sum + length, 0);
  const promptTokens = path.prompt?.tokens ?? 0;

  const merged: { kind: PartKind; passageId: number | null; tokens: number; mass: number }[] = [];
  parts.forEach((part, index) => {
    const mass = counts(part) && total > 0 ? (raw[index] ?? 0) / total : 0;
    const tokens = lengths[index] ?? 0;
    const before = merged.at(-1);
    if (before?.kind === part.kind && before.passageId === part.passageId && index !== last) {
      before.tokens += tokens;
      before.mass += mass;
    } else {
      merged.push({ kind: part.kind, passageId: part.passageId, tokens, mass });
    }
  });
  const liftOf = (mass: number, tokens: number) =>
    tokens === 0 || promptTokens === 0 ? null : mass / (tokens / promptTokens);
  const slices = merged.map((slice) => ({
    ...slice,
    share: drawn === 0 ? 0 : slice.tokens / drawn,
    lift: liftOf(slice.mass, slice.tokens),
  }));

  const sums = new Map<number, { mass: number; tokens: number }>();
  for (const slice of slices) {
    if (slice.kind === 'passage' && slice.passageId !== null) {
      const sum = sums.get(slice.passageId) ?? { mass: 0, tokens: 0 };
      sums.set(slice.passageId, {
        mass: sum.mass + slice.mass,
        tokens: sum.tokens + slice.tokens,
      });
    }
  }
  const passages = new Map(
    [...sums].map(([id, { mass, tokens }]) => [id, { mass, lift: liftOf(mass, tokens) }]),
  );
  const watched = path.tokens.filter((token) => token.mass.length > 0).length;
  return { slices, passages, tokens: chosen.size > 0 ? chosen.size : watched };
}

/** For every token of the answer, its mass on one passage. */
export function massOnPassage(path: PathTrace, passageId: number): readonly number[] {
  const parts = path.prompt?.parts ?? [];
  const at = parts.flatMap((part, index) => (part.passageId === passageId ? [index] : []));
  return path.tokens.map((token) => at.reduce((sum, index) => sum + (token.mass[index] ?? 0), 0));
}

/** For every token of the answer, its mass on all passages. */
export function massOnDocuments(path: PathTrace): readonly number[] {
  const parts = path.prompt?.parts ?? [];
  return path.tokens.map(({ mass }) =>
    mass.reduce((sum, value, index) => sum + (parts[index]?.kind === 'passage' ? value : 0), 0),
  );
}

/** The word that took most from the passages. */
export function mostReading(path: PathTrace): number {
  const masses = massOnDocuments(path).map((mass, token) =>
    path.tokens[token]?.text.trim() === '' ? -1 : mass,
  );
  return Math.max(0, masses.indexOf(Math.max(...masses)));
}

/** Attention on all passages together. */
export function documentMass(shares: Shares): number {
  let sum = 0;
  for (const { mass } of shares.passages.values()) {
    sum += mass;
  }
  return sum;
}

/** Tokens a second while decoding; null for fewer than two tokens. */
export function tokensPerSecond(path: PathTrace): number | null {
  const first = path.tokens[0];
  const last = path.tokens.at(-1);
  if (first === undefined || last === undefined || last.ms <= first.ms) {
    return null;
  }
  return ((path.tokens.length - 1) * 1000) / (last.ms - first.ms);
}
