/** What two contrasts that stand side by side differ in, and how their lanes are called therefore. */
import { signal } from '@preact/signals';
import type { AnswerPath, Trace } from '../api/types';
import { number, t } from '../i18n';
import { standsBeside } from '../paths/laneNames';
import { titleOf } from '../paths/paths';
import { models } from './catalogue';

/** Two contrasts of the same question. */
interface Sides {
  readonly main: Trace;
  readonly beside: Trace;
}

/** Those that are shown; null where one is shown alone. */
export const sides = signal<Sides | null>(null);

/** What a contrast can differ in from another, as it is called. */
const ASPECTS: readonly ((trace: Trace) => string)[] = [
  ({ model }) => models.value.find(({ name }) => name === model.name)?.title ?? model.name,
  ({ style }) => (style ? t(`style.${style}`) : t('side.style.none')),
  ({ k }) => (k ? `k ${number(k)}` : t('side.k.usual')),
  ({ paths }) =>
    t('side.budget', { n: number(Math.max(0, ...paths.map(({ prompt }) => prompt?.budget ?? 0))) }),
  ({ sampling }) => t('side.temperature', { n: number(sampling.temperature, 2) }),
  ({ sampling }) => t('side.seed', { n: sampling.seed }),
  ({ sampling }) => t('side.maxTokens', { n: number(sampling.maxTokens) }),
  ({ collection }) => collection ?? t('ask.collection.none'),
];

/** What tells both apart, said of one of them. */
function differences({ main, beside }: Sides, of: Trace): string {
  const differing = ASPECTS.filter((said) => said(main) !== said(beside));
  return differing.map((said) => said(of)).join(' · ');
}

/** What tells a lane from the one beside it; nothing where a contrast is shown alone. */
export function sideOf(lane: AnswerPath): string {
  const both = sides.value;
  if (both === null) {
    return '';
  }
  const of = standsBeside(lane) ? both.beside : both.main;
  const said = differences(both, of);
  return said === '' ? t(standsBeside(lane) ? 'side.second' : 'side.first') : said;
}

/** A lane's name, also where two lanes are of one path. */
export function laneTitle(lane: AnswerPath): string {
  const side = sideOf(lane);
  return side === '' ? titleOf(lane) : `${titleOf(lane)} · ${side}`;
}
