/** Says what an exported page holds, and what it came without. */
import type { AnswerPath } from '../api/types';
import type { Shared } from '../export/shared';
import { number, t } from '../i18n';
import { traceBeside } from '../maths/beside';
import { laneTitle } from '../state/sides';

export function Contents({ shared }: { readonly shared: Shared }) {
  const { trace, beside, words, lookUps } = shared;
  const lanes = beside ? [...trace.paths, ...traceBeside(beside).paths] : trace.paths;
  const names = (paths: readonly AnswerPath[]) => paths.map((path) => laneTitle(path)).join(', ');
  const reading = lanes.map(({ path }) => path).filter((path) => words[path] !== undefined);
  const tested = lanes.flatMap(({ path, evidence }) => ((evidence ?? null) === null ? [] : [path]));
  return (
    <section class="shared-contents" aria-labelledby="contents">
      <h2 id="contents">{t('share.inside')}</h2>
      <ul>
        <li>{t('share.inside.trace')}</li>
        <li>
          {reading.length === 0
            ? t('share.inside.no.words')
            : t('share.inside.words', { paths: names(reading) })}
        </li>
        <li>
          {tested.length === 0
            ? t('share.inside.no.tests')
            : t('share.inside.tests', { paths: names(tested) })}
        </li>
        <li>
          {lookUps.length === 0
            ? t('share.inside.no.lookups')
            : t('share.inside.lookups', { n: number(lookUps.length) })}
        </li>
      </ul>
    </section>
  );
}
