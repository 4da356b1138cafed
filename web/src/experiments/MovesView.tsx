/** Two rows side by side: which questions the one answers right and the other does not. */
import { useState } from 'preact/hooks';
import type { ExperimentRow } from '../api/types';
import { number, t } from '../i18n';
import type { Filter } from './filters';
import { type Move, MOVES, movesOf } from './moves';
import { MovesPicture } from './MovesPicture';
import type { Asked } from './outcomes';
import { rowText } from './RowName';

interface Props {
  readonly asked: readonly Asked[];
  readonly rows: readonly ExperimentRow[];
  /** The places of those that answer, at least two. */
  readonly places: readonly number[];
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}

export function MovesView({ asked, rows, places, filter, onFilter }: Props) {
  const [from, setFrom] = useState(places[0] ?? 0);
  const [to, setTo] = useState(places[1] ?? 0);
  const counts = movesOf(asked, from, to);
  const chosen =
    filter.kind === 'moved' && filter.from === from && filter.to === to ? filter.move : null;
  const choose = (move: Move) => {
    onFilter(chosen === move ? { kind: 'all' } : { kind: 'moved', from, to, move });
  };
  const other = (set: (place: number) => void) => (place: number) => {
    set(place);
    if (filter.kind === 'moved') {
      onFilter({ kind: 'all' });
    }
  };
  return (
    <section class="findings">
      <h2>{t('experiments.moves')}</h2>
      <p class="quiet">{t('experiments.moves.about')}</p>
      <div class="moves-rows">
        <RowPicker
          name="experiments.moves.from"
          rows={rows}
          places={places}
          value={from}
          onChange={other(setFrom)}
        />
        <RowPicker
          name="experiments.moves.to"
          rows={rows}
          places={places}
          value={to}
          onChange={other(setTo)}
        />
      </div>
      <div class="moves">
        <MovesPicture counts={counts} chosen={chosen} />
        <ul class="moves-list">
          {MOVES.map((move) => (
            <li key={move}>
              <button
                type="button"
                class={`move ${move}`}
                aria-pressed={chosen === move}
                disabled={counts[move] === 0}
                onClick={() => {
                  choose(move);
                }}
              >
                <strong class="figure">{number(counts[move])}</strong>
                <span>{t(`experiments.move.${move}`)}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

interface RowPickerProps {
  readonly name: 'experiments.moves.from' | 'experiments.moves.to';
  readonly rows: readonly ExperimentRow[];
  readonly places: readonly number[];
  readonly value: number;
  readonly onChange: (place: number) => void;
}

function RowPicker({ name, rows, places, value, onChange }: RowPickerProps) {
  return (
    <label class="field">
      <span>{t(name)}</span>
      <select
        value={value}
        onChange={(event) => {
          onChange(Number(event.currentTarget.value));
        }}
      >
        {rows.map(
          (row, place) =>
            places.includes(place) && (
              <option key={row.name} value={place}>
                {rowText(row)}
              </option>
            ),
        )}
      </select>
    </label>
  );
}
