import { expect, it } from 'vitest';
import { datasetFiles } from './datasetFiles';

function file(name: string, path = ''): File {
  const made = new File(['{}'], name);
  Object.defineProperty(made, 'webkitRelativePath', { value: path });
  return made;
}

const names = (...files: readonly File[]) => datasetFiles(files).map(({ name }) => name);

it('keeps places in a chosen folder with its name, and leaves out what is hidden in it', () => {
  expect(
    names(
      file('corpus.jsonl', 'scifact/corpus.jsonl'),
      file('test.tsv', 'scifact/qrels/test.tsv'),
      file('.DS_Store', 'scifact/.DS_Store'),
      file('HEAD', 'scifact/.git/HEAD'),
    ),
  ).toEqual(['scifact/corpus.jsonl', 'scifact/qrels/test.tsv']);
});

it('gives judgements that were chosen one by one their folder back', () => {
  expect(names(file('corpus.jsonl'), file('queries.jsonl'), file('test.tsv'))).toEqual([
    'corpus.jsonl',
    'queries.jsonl',
    'qrels/test.tsv',
  ]);
});

it('leaves a table of questions where it is', () => {
  expect(names(file('questions.tsv'))).toEqual(['questions.tsv']);
});
