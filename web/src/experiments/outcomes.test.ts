import { expect, it } from 'vitest';
import { result, row } from '../testing/experiments';
import { askedOf, goldRead, outcomeOf } from './outcomes';

it('calls an answer right that contains the known one, however it ended', () => {
  expect(outcomeOf(result({ contained: 1, cut: 1 }))).toBe('right');
});

it('tells a wrong answer that was cut or ran in circles from one that is just wrong', () => {
  expect(outcomeOf(result({ contained: 0, cut: 1 }))).toBe('cut');
  expect(outcomeOf(result({ contained: 0, loops: 1 }))).toBe('cut');
  expect(outcomeOf(result({ contained: 0, repeated: 1 }))).toBe('cut');
  expect(outcomeOf(result({ contained: 0, cut: 0, loops: 0 }))).toBe('wrong');
});

it('judges a question that nothing answers by whether the answer says so', () => {
  expect(outcomeOf(result({ abstained: 1 }))).toBe('right');
  expect(outcomeOf(result({ abstained: 0 }))).toBe('wrong');
});

it('judges nothing where there is no known answer', () => {
  expect(outcomeOf(result({ mrr: 1 }))).toBeNull();
});

it('does not say whether gold was read where nobody measured it', () => {
  expect(goldRead(result({ contained: 1 }))).toBeNull();
  expect(goldRead(null)).toBeNull();
  expect(goldRead(result({ gold_read: 0 }))).toBe(false);
});

it('puts the results of a question in the order of the rows, with a gap where none is yet', () => {
  const question = { id: 'a', text: '', answers: [], answerable: true, relevant: {} };
  const rag = result({}, { question: 'a', row: 'rag' });
  const found = askedOf(
    { checksum: '', questions: [question], results: [rag, result({}, { question: 'b' })] },
    [row('closed-book'), row('rag')],
  );
  expect(found).toEqual([{ question, results: [null, rag] }]);
});
