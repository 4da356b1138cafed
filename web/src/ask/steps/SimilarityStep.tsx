/** Step 2: how near each passage is, beside how far its score lies above an even share. */
import { fixed, signed, t } from '../../i18n';
import { listsOf, placeIn, scoreIn } from '../../maths/lists';
import { sharesOf } from '../../maths/mass';
import { listName } from '../passages/listName';
import { chosenTokens } from '../../state/focus';
import { PassageRow } from '../passages/PassageRow';
import type { StepProps } from './stepProps';
import { stepRows } from './stepRows';

/** The list whose places matter: where a passage stood before it was reranked. */
const BEFORE = 'fused';

/** The list whose scores are shares of one: its bar is drawn. */
const BAR = 'dense';

export function Distances({ view, path, marks }: StepProps) {
  const rows = stepRows(view, path);
  if (rows.length === 0) {
    return <p class="quiet">{t('step.none')}</p>;
  }
  const lists = listsOf(rows);
  return (
    <table class="rows">
      <thead>
        <tr>
          <th scope="col">{t('kind.passage')}</th>
          {lists.map((list) => (
            <th key={list} scope="col" class={list === BAR ? undefined : 'figure'}>
              {listName(list)}
            </th>
          ))}
          <th scope="col" class="figure">
            {t('step.fused')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((passage) => (
          <PassageRow key={passage.id} passage={passage} mark={marks.get(passage.id)}>
            {lists.map((list) =>
              list === BEFORE ? (
                <PlaceCell key={list} place={placeIn(list, passage.retrieved)} />
              ) : (
                <ScoreCell key={list} list={list} score={scoreIn(list, passage.retrieved)} />
              ),
            )}
            <td class="figure">{figure(passage.retrieved?.score ?? null, 4)}</td>
          </PassageRow>
        ))}
      </tbody>
    </table>
  );
}

function PlaceCell({ place }: { place: number | null }) {
  return <td class="figure">{place === null ? '—' : `#${place}`}</td>;
}

function ScoreCell({ list, score }: { list: string; score: number | null }) {
  if (list !== BAR) {
    return <td class="figure">{figure(score, 2)}</td>;
  }
  return (
    <td>
      <span class="inline-bar" style={{ '--share': `${Math.max(0, score ?? 0) * 100}%` }} />
      <span class="figure">{figure(score, 2)}</span>
    </td>
  );
}

function figure(value: number | null, digits: number): string {
  return value === null ? '—' : fixed(value, digits);
}

export function Scores({ view, path, marks }: StepProps) {
  const shares = sharesOf(path, chosenTokens(path.path).value, false);
  const rows = stepRows(view, path);
  if (path.tokens.length === 0) {
    return <p class="quiet">{t('step.none')}</p>;
  }
  return (
    <>
      <table class="rows">
        <thead>
          <tr>
            <th scope="col">{t('kind.passage')}</th>
            <th scope="col">{t('step.log.axis')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((passage) => {
            const lift = shares.passages.get(passage.id)?.lift ?? null;
            const log = lift === null || lift <= 0 ? null : Math.log(lift);
            return (
              <PassageRow key={passage.id} passage={passage} mark={marks.get(passage.id)}>
                <td>
                  <span
                    class={`inline-bar diverging ${(log ?? 0) < 0 ? 'negative' : ''}`}
                    style={{ '--share': `${Math.min(1, Math.abs(log ?? 0) / 4) * 50}%` }}
                  />
                  <span class="figure">{log === null ? t('passage.unread') : signed(log, 2)}</span>
                </td>
              </PassageRow>
            );
          })}
        </tbody>
      </table>
      <p class="quiet">
        {t('step.log')} {t('step.later')}
      </p>
    </>
  );
}

/** Without passages there is nothing to compare with. */
export function LaterNote() {
  return <p class="quiet">{t('step.later')}</p>;
}
