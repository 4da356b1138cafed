/** Saves a contrast as one HTML file that shows itself, replays itself and needs no network. */
import { send } from '../api/client';
import type { Trace } from '../api/types';
import { pack, type PackedWords } from '../maths/words';
import { fillPage } from '../share/shared';
import { laboratory, lookUp, words } from '../state/laboratory';
import { save } from './save';

export async function exportPage(trace: Trace): Promise<void> {
  const template = await (await send('./share.html')).text();
  // Who opens the file cannot ask for the words any more; without them it is still whole.
  const lab = laboratory.value;
  const read = trace.paths.filter((path) => path.passages.some((one) => one.inPrompt !== null));
  await Promise.all(lab === null ? [] : read.map((path) => lab.readWords(path)));
  const packed: Record<string, PackedWords> = {};
  for (const [path, known] of Object.entries(words.value)) {
    if (known.state === 'there') {
      packed[path] = pack(known.words);
    }
  }
  const shown = lookUp.value;
  const attention = shown?.state === 'there' ? shown.attention : null;
  const page = fillPage(template, { trace, words: packed, attention });
  save(page, 'text/html', `kvasir-${trace.id}.html`);
}
