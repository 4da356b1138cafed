import { expect, it } from 'vitest';
import { EMPTY, FACTORS, nextFactor, orderOf, valuesOf } from './order';

it('leaves to the server what was left empty', () => {
  expect(orderOf({ ...EMPTY, variations: [{ factor: 'k', values: ' , ' }] })).toEqual({
    paths: ['closed-book', 'rag', 'attention', 'oracle'],
    half: 'all',
  });
});

it('sends everything that was typed', () => {
  const order = orderOf({
    ...EMPTY,
    name: ' Mine ',
    language: 'zh',
    columns: 'question=Frage, answer=Antwort',
    paths: ['rag'],
    variations: [
      { factor: 'k', values: '3, 5' },
      { factor: 'style', values: 'short' },
    ],
    half: 'report',
    sample: '20',
    seed: '0',
  });
  expect(order).toEqual({
    name: 'Mine',
    language: 'zh',
    columns: { question: 'Frage', answer: 'Antwort' },
    paths: ['rag'],
    matrix: { k: ['3', '5'], style: ['short'] },
    half: 'report',
    sample: 20,
    seed: 0,
  });
});

it('names the collection whose headings are asked, and only then', () => {
  const draft = { ...EMPTY, collection: 'faq' };
  expect(orderOf({ ...draft, source: 'headings' })).toMatchObject({ headings: 'faq' });
  expect(orderOf(draft)).not.toHaveProperty('headings');
  expect(orderOf({ ...draft, source: 'marked' })).toMatchObject({ marked: true });
});

it('takes the commas of either script', () => {
  expect(valuesOf('3，5、 10,20')).toEqual(['3', '5', '10', '20']);
});

it('offers a factor that does not vary yet, until all do', () => {
  expect(nextFactor([{ factor: 'k', values: '' }])).toBe('style');
  expect(nextFactor(FACTORS.map((factor) => ({ factor, values: '' })))).toBeNull();
});
