import { expect, it } from 'vitest';
import { choiceWords } from './choice';

it('says which half is asked, and what was drawn', () => {
  expect(choiceWords('report')).toBe('the half to report on');
  expect(choiceWords('all, 60 drawn by seed 7')).toBe('all questions, 60 drawn by seed 7');
});

it('leaves what another version may have written as it is', () => {
  expect(choiceWords('the hard ones')).toBe('the hard ones');
});
