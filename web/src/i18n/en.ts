/** English. Its keys are the keys of every dictionary. */
import { contrast } from './en/contrast';
import { evidence } from './en/evidence';
import { experiments } from './en/experiments';
import { library } from './en/library';
import { pages } from './en/pages';

export const en = { ...pages, ...library, ...contrast, ...evidence, ...experiments } as const;

export type Key = keyof typeof en;
