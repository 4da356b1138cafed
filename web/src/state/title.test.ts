import { afterEach, expect, it } from 'vitest';
import { viewOf } from '../maths/contrast';
import { readingPath, trace } from '../testing/traces';
import { route } from './route';
import { show } from './shown';
import { title } from './title';

afterEach(() => {
  show(null);
  route.value = { screen: 'ask' };
});

it('names a contrast by its question, a collection by its name and a screen by its own', () => {
  const asked = trace([readingPath()]);
  show(viewOf(asked, 'stored'));
  route.value = { screen: 'contrast', id: asked.id };
  expect(title.value).toBe('Which package? · Kvasir');
  route.value = { screen: 'contrast', id: 'another' };
  expect(title.value, 'not by the one before').toBe('Ask · Kvasir');
  route.value = { screen: 'library', collection: 'faq' };
  expect(title.value).toBe('faq · Kvasir');
  route.value = { screen: 'models' };
  expect(title.value).toBe('Models · Kvasir');
});
