import { expect, it } from 'vitest';
import { format, parse, type Route } from './route';

it('finds every screen again from its address', () => {
  const routes: readonly Route[] = [
    { screen: 'ask' },
    { screen: 'contrast', id: 'a b/c' },
    { screen: 'library', collection: null },
    { screen: 'library', collection: 'debian-faq-en' },
    { screen: 'history' },
    { screen: 'experiments', id: null },
    { screen: 'experiments', id: 'ec15abf6-0b5c-4e20-a417-f4ddca98d922' },
    { screen: 'models' },
  ];
  for (const route of routes) {
    expect(parse(format(route))).toEqual(route);
  }
});

it('asks where an address says nothing', () => {
  for (const hash of ['', '#', '#/', '#//']) {
    expect(parse(hash), hash).toEqual({ screen: 'ask' });
  }
});

it('opens an address that ends in a slash', () => {
  expect(parse('#/contrast/abc/')).toEqual({ screen: 'contrast', id: 'abc' });
});

it('says of an address that means nothing that it does, and never throws', () => {
  const broken = [
    '#/contrast/%',
    '#/contrast/%E4%BD',
    '#/library/%zz',
    '#/contrast',
    '#/contrast/a/b',
    '#/history/older',
    '#/nowhere',
    '#/constructor',
    '#%',
    `#/${'x'.repeat(100_000)}`,
  ];
  for (const hash of broken) {
    expect(parse(hash), hash.slice(0, 40)).toEqual({ screen: 'nowhere', hash });
  }
});
