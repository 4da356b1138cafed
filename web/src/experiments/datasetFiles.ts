/** What a dataset's files are called when they are sent. */
import type { DatasetFile } from '../api/experiments';

/** By this file a folder as BEIR has it is known. */
const CORPUS = 'corpus.jsonl';
/** Where such a folder has its judgements. */
const JUDGEMENTS = 'qrels';

/**
 * Files that were chosen one by one or as a folder, with their places in it and its name, by which
 * the dataset is called. Judgements chosen one by one lost their folder, and get it back.
 */
export function datasetFiles(files: readonly File[]): readonly DatasetFile[] {
  const named = files
    .map((file) => ({ name: placeOf(file), file }))
    .filter(({ name }) => !name.split('/').some((part) => part.startsWith('.')));
  const beir = named.some(({ name }) => name === CORPUS);
  return named.map(({ name, file }) => ({
    name: beir && /^[^/]+\.tsv$/.test(name) ? `${JUDGEMENTS}/${name}` : name,
    file,
  }));
}

/** Where a file is, from the folder on that was chosen. */
function placeOf({ webkitRelativePath: path, name }: File): string {
  return path === '' ? name : path;
}
