/** Simplified Chinese. */
import type { Key } from './en';
import { contrast } from './zh/contrast';
import { evidence } from './zh/evidence';
import { experiments } from './zh/experiments';
import { library } from './zh/library';
import { pages } from './zh/pages';

export const zh: Readonly<Record<Key, string>> = {
  ...pages,
  ...library,
  ...contrast,
  ...evidence,
  ...experiments,
};
