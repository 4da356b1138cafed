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
  const known = new Set(traces.map(({ id }) => id));
  const turns = traces.filter(({ beside }) => !beside || !known.has(beside));
  return (
    <details class="earlier" open>
      <summary>{t('ask.earlier')}</summary>
      <ol>
        {turns.map((turn) => (
          <Turn
            key={turn.id}
            answered={[turn, ...traces.filter(({ beside }) => beside === turn.id)]}
          />
        ))}
      </ol>
    </details>
  );
}

/** A question, with what answered it and what stood beside that. */
function Turn({ answered }: { readonly answered: readonly Trace[] }) {
  const last = answered.at(-1);
  return last === undefined ? null : (
    <li>
      <a href={format({ screen: 'contrast', id: last.id })}>{last.question}</a>
      {answered.map(({ id, model, paths }) => (
        <dl key={id}>
          {paths.map((path) => (
            <div key={path.path}>
              <dt>
                {titleOf(path.path)}
                {answered.length > 1 && ` · ${model.name}`}
                {endOf(path).tone !== 'done' && ` · ${endOf(path).text}`}
              </dt>
              <dd>{path.answer === '' ? t('lane.answer.none') : path.answer}</dd>
            </div>
          ))}
        </dl>
      ))}
    </li>
  );
}
