/** Every question with its gold answers and what each row answered, through filters. */
import { useState } from 'preact/hooks';
import type { ExperimentResult, ExperimentRow } from '../api/types';
import { type Key, number, t } from '../i18n';
import { Icon, type IconName } from '../shell/Icon';
import { format } from '../state/route';
import { endedWords } from './endedWords';
import { type Filter, filtersOf, holds, passes } from './filters';
import { type Asked, goldRead, type Outcome, outcomeOf } from './outcomes';
import { SEARCH } from './order';
import { pathName, RowName, rowText } from './RowName';

/** Questions that are shown at a time. */
const PAGE = 20;

interface Props {
  readonly asked: readonly Asked[];
  readonly rows: readonly ExperimentRow[];
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}

export function Questions({ asked, rows, filter, onFilter }: Props) {
  const [words, setWords] = useState('');
  const [shown, setShown] = useState(PAGE);
  const fitting = asked.filter((each) => passes(each, filter, rows) && holds(each, words));
  return (
    <section class="findings">
      <h2>{t('experiments.list')}</h2>
      <div class="question-filters">
        <FilterPicker rows={rows} filter={filter} onFilter={onFilter} />
        <label class="search">
          <Icon name="search" />
          <span class="unseen">{t('experiments.search')}</span>
          <input
            type="search"
            placeholder={t('experiments.search')}
            value={words}
            onInput={(event) => {
              setWords(event.currentTarget.value);
            }}
          />
        </label>
        <p class="quiet" role="status">
          {t('experiments.shown', { n: number(fitting.length), all: number(asked.length) })}
        </p>
      </div>
      {fitting.length > 0 && (
        <table class="questions">
          <caption class="unseen">{t('experiments.list')}</caption>
          <thead class="unseen">
            <tr>
              <th scope="col">{t('experiments.row')}</th>
              <th scope="col">{t('experiments.outcome')}</th>
              <th scope="col">{t('experiments.answer')}</th>
            </tr>
          </thead>
          {fitting.slice(0, shown).map((each) => (
            <QuestionGroup key={each.question.id} asked={each} rows={rows} />
          ))}
        </table>
      )}
      {fitting.length > shown && (
        <button
          type="button"
          class="wide"
          onClick={() => {
            setShown(shown + PAGE);
          }}
        >
          {t('experiments.more', { n: number(Math.min(PAGE, fitting.length - shown)) })}
        </button>
      )}
    </section>
  );
}

function FilterPicker({ rows, filter, onFilter }: Omit<Props, 'asked'>) {
  const choices = filtersOf(rows);
  const all = filter.kind === 'moved' ? [...choices, filter] : choices;
  const same = JSON.stringify(filter);
  return (
    <label class="field">
      <span>{t('experiments.filter')}</span>
      <select
        value={all.findIndex((each) => JSON.stringify(each) === same)}
        onChange={(event) => {
          onFilter(all[Number(event.currentTarget.value)] ?? filter);
        }}
      >
        {all.map((each, place) => (
          <option key={place} value={place}>
            {filterWords(each, rows)}
          </option>
        ))}
      </select>
    </label>
  );
}

function filterWords(filter: Filter, rows: readonly ExperimentRow[]): string {
  switch (filter.kind) {
    case 'alone':
      return t('experiments.filter.alone', { path: pathName(filter.path) });
    case 'read':
      return t(filter.read ? 'experiments.filter.read' : 'experiments.filter.unread');
    case 'moved': {
      const [from, to] = [rows[filter.from], rows[filter.to]];
      return t('experiments.filter.moved', {
        from: from === undefined ? '' : rowText(from),
        to: to === undefined ? '' : rowText(to),
        move: t(`experiments.move.${filter.move}`),
      });
    }
    case 'all':
    case 'every':
    case 'none':
      return t(`experiments.filter.${filter.kind}`);
  }
}

interface GroupProps {
  readonly asked: Asked;
  readonly rows: readonly ExperimentRow[];
}

function QuestionGroup({ asked, rows }: GroupProps) {
  const { text, answers, answerable } = asked.question;
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={3}>
          <strong>{text}</strong>
          <span class="gold">
            {answerable
              ? answers.length > 0 &&
                t('experiments.gold', { answers: [...new Set(answers)].join(' · ') })
              : t('experiments.unanswerable')}
          </span>
        </th>
      </tr>
      {rows.map((row, place) => (
        <AnswerLine key={row.name} row={row} result={asked.results[place] ?? null} />
      ))}
    </tbody>
  );
}

const ICONS: Readonly<Record<Outcome, IconName>> = { right: 'check', cut: 'warn', wrong: 'close' };

/** An answer that ran in circles and one that was cut end up alike, but are not the same. */
function markOf(result: ExperimentResult | null, outcome: Outcome | null): Key {
  if (result === null) {
    return 'experiments.outcome.open';
  }
  if (outcome === null) {
    return 'experiments.outcome.unjudged';
  }
  if (outcome === 'cut' && (result.values.loops ?? 0) > 0) {
    return 'measure.loops';
  }
  return outcome === 'cut' && (result.values.repeated ?? 0) > 0
    ? 'measure.repeated'
    : `experiments.outcome.${outcome}`;
}

interface LineProps {
  readonly row: ExperimentRow;
  readonly result: ExperimentResult | null;
}

function AnswerLine({ row, result }: LineProps) {
  const outcome = result === null ? null : outcomeOf(result);
  const read = goldRead(result);
  const ended = result === null ? null : endedWords(result.ended);
  return (
    <tr>
      <th scope="row">
        <RowName row={row} />
      </th>
      <td class={`outcome ${outcome ?? ''}`}>
        {outcome !== null && <Icon name={ICONS[outcome]} />}
        {t(markOf(result, outcome))}
      </td>
      <td class="said">
        {result !== null &&
          (row.path === SEARCH ? (
            <RankText result={result} />
          ) : (
            <AnswerText result={result} row={row} />
          ))}
        {(ended !== null || read !== null) && (
          <span class="quiet">
            {[ended, read === null ? null : t(read ? 'experiments.read' : 'experiments.unread')]
              .filter((each) => each !== null)
              .join(' · ')}
          </span>
        )}
      </td>
    </tr>
  );
}

/** At which rank a search found the first document that answers. */
function RankText({ result }: { readonly result: ExperimentResult }) {
  const share = result.values.mrr ?? 0;
  return share === 0
    ? t('experiments.rank.none')
    : t('experiments.rank', { n: number(Math.round(1 / share)) });
}

/** What was answered; opens the contrast that it is from, where that is here. */
function AnswerText({
  result,
  row,
}: {
  readonly result: ExperimentResult;
  readonly row: ExperimentRow;
}) {
  const text = result.answer.trim() === '' ? t('experiments.answer.none') : result.answer;
  return result.contrast === null ? (
    <span class="answer-text">{text}</span>
  ) : (
    <a
      class="answer-text"
      href={format({ screen: 'contrast', id: result.contrast })}
      title={t('experiments.open', { row: rowText(row) })}
    >
      {text}
    </a>
  );
}
