/** How much of a scope fits into a budget, asked of the server when the choice has stood a moment. */
import { useEffect, useState } from 'preact/hooks';
import { fitScope } from '../../api/client';
import type { Fit } from '../../api/types';

/** How long a choice must stand before the server is asked, in milliseconds. */
const ASK_AFTER = 150;

/** Null until it is known, and where there is nothing to ask about. */
export function useFit(
  collection: string | null,
  scope: readonly string[],
  budget: number,
): Fit | null {
  const [fit, setFit] = useState<Fit | null>(null);
  useEffect(() => {
    // What fitted before says nothing of another choice.
    setFit(null);
    if (collection === null) {
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      fitScope(collection, scope, budget, abort.signal)
        .then(setFit)
        .catch(() => {
          // Without an answer there is no estimate; the answer's lane says what was not read.
        });
    }, ASK_AFTER);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [collection, scope, budget]);
  return fit;
}
