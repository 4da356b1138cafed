/** Saves a contrast as one HTML file that shows itself, replays itself and needs no network. */
import { send } from '../api/client';
import type { PathTrace } from '../api/types';
import { save } from '../browser/save';
import { mainOf } from '../maths/beside';
import type { ContrastView } from '../maths/contrast';
import { strongestHead } from '../maths/lookup';
import { mostReading } from '../maths/mass';
import { pack, type PackedWords } from '../maths/words';
import {
  found,
  type Found,
  laboratory,
  type Laboratory,
  lookUp,
  type LookUp,
  words,
} from '../state/laboratory';
import { asStored } from './exportTrace';
import { fillPage } from './shared';

export async function exportPage(view: ContrastView): Promise<void> {
  const { trace } = view;
  const template = await (await send('./share.html')).text();
  // Who opens the file cannot ask the decoder any more; without its findings it is still whole.
  const lab = laboratory.value;
  const read = trace.paths.filter(
    ({ passages, tokens }) => tokens.length > 0 && passages.some((one) => one.inPrompt !== null),
  );
  if (lab !== null) {
    await Promise.all(read.map((path) => lab.readWords(path)));
    for (const path of read) {
      await lookInside(lab, path);
    }
  }
  const packed: Record<string, PackedWords> = {};
  for (const [path, known] of Object.entries(words.value)) {
    if (known.state === 'there') {
      packed[path] = { ...pack(known.words), heads: known.heads };
    }
  }
  const page = fillPage(template, {
    trace: mainOf(view),
    beside: view.beside === null ? null : asStored(view.beside),
    words: packed,
    lookUps: wanted(),
  });
  save(page, 'text/html', `kvasir-${trace.id}.html`);
}

/** Looks up the word that read most: by the mean of the heads, and by the one that read most. */
async function lookInside(lab: Laboratory, path: PathTrace): Promise<void> {
  const word: LookUp = { path: path.path, token: mostReading(path), head: null };
  try {
    const mean = await lab.inspect(word);
    if (mean !== null) {
      await lab.inspect({ ...word, head: strongestHead(mean) });
    }
  } catch {
    // The decoder may have been unloaded since; what was found before is kept all the same.
  }
}

/** All look-ups that were found: the one that is shown, then the latest. */
function wanted(): readonly Found[] {
  const shown = lookUp.value?.state === 'there' ? lookUp.value.inside : null;
  return [...found.value].reverse().sort((a, b) => rank(a) - rank(b));
  function rank({ inside }: Found): number {
    return inside === shown ? 0 : 1;
  }
}
