/** What an experiment's state means for the page, and its facts in words. */
import type { Experiment } from '../api/types';
import { languageName, number, t } from '../i18n';

/** Whether it goes on by itself. */
export const isUnderway = ({ state }: Experiment): boolean =>
  state === 'waiting' || state === 'running';

/** Whether it can be told to go on. */
export const canResume = ({ state }: Experiment): boolean =>
  state === 'cancelled' || state === 'failed';

/** What is asked, in a few words. */
export function factsOf({ plan }: Experiment): readonly string[] {
  const { dataset, rows } = plan;
  return [
    ...(dataset.name === plan.name ? [] : [dataset.name]),
    t('experiments.questions', { n: number(dataset.questions) }),
    languageName(dataset.language),
    t('experiments.rows', { n: number(rows.length) }),
  ];
}

/** A guess at a time in seconds, minutes or hours. */
export function timeLeft(seconds: number): string {
  if (seconds < 90) {
    return `${number(seconds)} s`;
  }
  const minutes = seconds / 60;
  return minutes < 90 ? `${number(minutes)} min` : `${number(minutes / 60, 1)} h`;
}
