import { expect, it } from 'vitest';
import { meansOf, ofGroup, shareOf } from './means';

const TABLE = `| | closed-book | rag k=3 |
|---|---|---|
| answers | 6 | 6 |
| contained | 0.000 [0.000, 0.000] | 0.667 [0.000, 1.000] |
| gold log-probability | -8.11 [-8.75, -7.24] | -3.04 [-7.21, -0.74] |
| recall@1 | – | 0.667 [0.000, 1.000] |
| first token | 6,624 [2,781, 12,019] | 13,604 [5,797, 24,152] |
`;

it('reads the numbers of the server as it printed them', () => {
  const { measures, rows } = meansOf(TABLE);
  expect(measures).toEqual(['contained', 'gold log-probability', 'recall@1', 'first token']);
  expect(rows.map(({ name, answers }) => [name, answers])).toEqual([
    ['closed-book', '6'],
    ['rag k=3', '6'],
  ]);
  expect(rows[0]?.cells).toEqual([
    { mean: '0.000', low: '0.000', high: '0.000' },
    { mean: '-8.11', low: '-8.75', high: '-7.24' },
    null,
    { mean: '6,624', low: '2,781', high: '12,019' },
  ]);
});

it('keeps the cells of a group under their measures', () => {
  const found = ofGroup(meansOf(TABLE), 'found');
  expect(found.measures).toEqual(['recall@1']);
  expect(found.rows.map(({ cells }) => cells.map((cell) => cell?.mean ?? null))).toEqual([
    [null],
    ['0.667'],
  ]);
});

it('begins with what answers are called right by', () => {
  const table =
    '| | rag |\n|---|---|\n| answers | 1 |\n| F1 | – |\n| contained | 1.000 [1.000, 1.000] |';
  const answers = ofGroup(meansOf(table), 'answers');
  expect(answers.measures).toEqual(['contained', 'F1']);
  expect(answers.rows[0]?.cells.map((cell) => cell?.mean ?? null)).toEqual(['1.000', null]);
});

it('shows a measure that it does not know', () => {
  const newer = meansOf('| | rag |\n|---|---|\n| answers | 1 |\n| wit | 0.500 [0.100, 0.900] |\n');
  expect(ofGroup(newer, 'course').measures).toEqual(['wit']);
});

it('takes for a share what lies between 0 and 1 and nothing else', () => {
  expect(shareOf({ mean: '0.500', low: '0.100', high: '1.000' })).toEqual([0.1, 0.5, 1]);
  expect(shareOf({ mean: '-0.50', low: '-1.00', high: '0.00' })).toBeNull();
  expect(shareOf({ mean: '6,624', low: '2,781', high: '12,019' })).toBeNull();
});

it('has no rows where there is no table', () => {
  expect(meansOf('')).toEqual({ measures: [], rows: [] });
});
