/** English. Its keys are the keys of every dictionary. */
import { contrast } from './en/contrast';
import { pages } from './en/pages';

export const en = { ...pages, ...contrast } as const;

export type Key = keyof typeof en;
