/** Where an answer's tokens have their probability from, as it is shown. */
import type { KnowledgeOrigin, PathTrace } from '../api/types';
import { repeats } from './repeats';

/** An origin, or that a token only follows from what the answer had said before. */
export type ShownOrigin = KnowledgeOrigin | 'repeated';

export const ORIGINS: readonly ShownOrigin[] = ['documents', 'known', 'repeated', 'neither'];

/** The origin of every token; null before a test. */
export function originsOf(path: PathTrace): readonly ShownOrigin[] | null {
  if (!path.evidence) {
    return null;
  }
  // In a loop every token is likely, with documents or without: that is no knowledge.
  const again = repeats(path.tokens.map(({ id }) => id));
  return path.evidence.tokens.map(({ origin }, token) =>
    origin === 'known' && again.has(token) ? 'repeated' : origin,
  );
}
