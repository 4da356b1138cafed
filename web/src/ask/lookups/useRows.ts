/** What the tokens of a sentence attended to by one head, read as often as another is chosen. */
import { useEffect, useState } from 'preact/hooks';
import type { PathTrace } from '../../api/types';
import { wordsFor } from '../../api/words';
import type { Words } from '../../maths/words';
import type { HeadChoice, Laboratory } from '../../state/laboratory';

/** On its way, there, or why not; null where nothing is wanted. */
export type RowsState =
  | { readonly state: 'reading' }
  | { readonly state: 'there'; readonly rows: Words }
  | { readonly state: 'failed'; readonly why: string }
  | null;

/** The rows from one token to before another. Nothing is read without a laboratory or a head. */
export function useRows(
  laboratory: Laboratory | null,
  path: PathTrace,
  begin: number,
  end: number,
  head: HeadChoice,
): RowsState {
  const [state, setState] = useState<RowsState>(null);
  useEffect(() => {
    if (laboratory === null || head === null) {
      setState(null);
      return;
    }
    let current = true;
    const set = (next: RowsState) => {
      if (current) {
        setState(next);
      }
    };
    set({ state: 'reading' });
    const tokens = Array.from({ length: end - begin }, (_, index) => begin + index);
    laboratory
      .readRows({ path, tokens, head })
      .then((rows) => {
        set(rows === null ? null : { state: 'there', rows });
      })
      .catch((caught: unknown) => {
        set({ state: 'failed', why: wordsFor(caught) });
      });
    return () => {
      current = false;
    };
  }, [laboratory, path, begin, end, head]);
  return state;
}
