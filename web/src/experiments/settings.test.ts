import { expect, it } from 'vitest';
import { row } from '../testing/experiments';
import { sharedSettings, toldApart } from './settings';

it('names rows by what tells them apart, and says once what all are set to', () => {
  const rows = [
    row('closed-book', { style: 'short' }),
    row('rag', { style: 'short', k: '3' }),
    row('rag', { style: 'short', k: '5' }),
  ];
  expect(sharedSettings(rows)).toEqual(['style short']);
  expect(toldApart(rows).map(({ settings }) => settings)).toEqual([{}, { k: '3' }, { k: '5' }]);
  expect(toldApart(rows).map(({ name }) => name)).toEqual(rows.map(({ name }) => name));
});
