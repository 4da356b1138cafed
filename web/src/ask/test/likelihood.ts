/** Differences of log-probability as factors that a person can picture. */
import { fixed, number, t } from '../../i18n';

/** Factors above this say no more than that they are huge. */
const HUGE = 1000;

/** How many times as likely; the same for a loss. */
export function timesAsLikely(delta: number): string {
  const factor = Math.exp(Math.abs(delta));
  if (factor > HUGE) {
    return t('evidence.huge', { factor: number(HUGE) });
  }
  return factor < 10 ? fixed(factor, 1) : number(Math.round(factor));
}
