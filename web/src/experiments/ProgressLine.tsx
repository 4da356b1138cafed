/** How far an experiment is. */
import type { Experiment } from '../api/types';
import { number, t } from '../i18n';
import { isUnderway, timeLeft } from './states';

export function ProgressLine({ experiment }: { readonly experiment: Experiment }) {
  const { done, total, secondsLeft } = experiment;
  const answered = t('experiments.answered', { done: number(done), total: number(total) });
  return (
    <p class="experiment-progress">
      {experiment.state !== 'complete' && (
        <progress value={done} max={Math.max(total, 1)} aria-label={answered} />
      )}
      <span class="figure">
        {answered}
        {isUnderway(experiment) &&
          secondsLeft !== null &&
          secondsLeft > 0 &&
          ` · ${t('library.job.remaining', { time: timeLeft(secondsLeft) })}`}
      </span>
    </p>
  );
}
