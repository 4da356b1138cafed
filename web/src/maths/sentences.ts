/** Sentences of an answer, as stretches of its tokens. */
import type { Extent } from './extent';

/** What ends a sentence, with what closes it behind. */
const END = /([.!?]["'”’)\]*_]*|[。！？；]["'”’）】]*)$/;
const HAN_END = /[。！？；]/;
/** Letters or numbers that a stretch needs to be a sentence and not the number of an item. */
const LEAST = 3;
const LETTERS = /[\p{L}\p{N}]/gu;

/**
 * Splits tokens behind marks that end a sentence, and at the ends of lines. What holds next to no
 * letters, as the number of an item, goes with what follows it.
 */
export function sentencesOf(texts: readonly string[]): readonly Extent[] {
  const found: Extent[] = [];
  let begin = 0;
  texts.forEach((_, index) => {
    const end = index + 1;
    if (end < texts.length && !endsBehind(texts, index)) {
      return;
    }
    const said = texts.slice(begin, end).join('');
    const last = found.at(-1);
    if (letters(said) >= LEAST) {
      found.push({ begin, end });
      begin = end;
    } else if (end === texts.length && last !== undefined && letters(said) === 0) {
      found[found.length - 1] = { begin: last.begin, end };
    } else if (end === texts.length && said.trim() !== '') {
      found.push({ begin, end });
    }
  });
  return found;
}

const letters = (text: string): number => text.match(LETTERS)?.length ?? 0;

function endsBehind(texts: readonly string[], index: number): boolean {
  const text = texts[index] ?? '';
  const next = texts[index + 1] ?? '';
  if (text.includes('\n')) {
    return true;
  }
  // A mark may be more than one token; what it closes is over once something else follows.
  const marked = END.test(text.trimEnd());
  return marked && (HAN_END.test(text) ? !/^["'”’）】]/.test(next) : /^\s/.test(next));
}
