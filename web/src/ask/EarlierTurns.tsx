/** What was asked and answered before in the same conversation. */
import type { Trace } from '../api/types';
import { t } from '../i18n';
import { titleOf } from '../paths/paths';
import { endOf } from '../state/laneStatus';
import { format } from '../state/route';

export function EarlierTurns({ traces }: { readonly traces: readonly Trace[] }) {
  if (traces.length === 0) {
    return null;
  }
  return (
    <details class="earlier" open>
      <summary>{t('ask.earlier')}</summary>
      <ol>
        {traces.map((trace) => (
          <li key={trace.id}>
            <a href={format({ screen: 'contrast', id: trace.id })}>{trace.question}</a>
            <dl>
              {trace.paths.map((path) => (
                <div key={path.path}>
                  <dt>
                    {titleOf(path.path)}
                    {endOf(path).tone !== 'done' && ` · ${endOf(path).text}`}
                  </dt>
                  <dd>{path.answer === '' ? t('lane.answer.none') : path.answer}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ol>
    </details>
  );
}
