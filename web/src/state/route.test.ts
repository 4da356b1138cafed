import { expect, it } from 'vitest';
import { format, parse, type Route } from './route';

it('finds every screen again from its address', () => {
  const routes: readonly Route[] = [
    { screen: 'ask' },
    { screen: 'contrast', id: 'a b/c' },
    { screen: 'library', collection: null },
    { screen: 'library', collection: 'debian-faq-en' },
    { screen: 'history' },
    { screen: 'models' },
  ];
  for (const route of routes) {
    expect(parse(format(route))).toEqual(route);
  }
});

it('asks where an address means nothing', () => {
  expect(parse('#/nowhere')).toEqual({ screen: 'ask' });
  expect(parse('')).toEqual({ screen: 'ask' });
});
