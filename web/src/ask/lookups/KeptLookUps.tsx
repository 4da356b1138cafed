/** Chooses among the look-ups that came along where no decoder can find out more. */
import type { PathTrace } from '../../api/types';
import { t } from '../../i18n';
import { found, foundBefore, type LookUp } from '../../state/laboratory';
import { laneTitle } from '../../state/sides';

interface Props {
  readonly lanes: readonly PathTrace[];
  readonly wanted: LookUp;
  readonly onChange: (wanted: LookUp) => void;
}

export function KeptLookUps({ lanes, wanted, onChange }: Props) {
  const kept = found.value;
  if (kept.length === 0) {
    return <p class="quiet">{t('lookup.nothing.kept')}</p>;
  }
  const shown = foundBefore(wanted);
  const place = kept.findIndex(({ inside }) => inside === shown);
  return (
    <>
      <label class="picker framed">
        <span class="label">{t('lookup.came')}</span>
        <select
          name="kept"
          value={String(place)}
          onChange={(event) => {
            const chosen = kept[Number(event.currentTarget.value)];
            if (chosen !== undefined) {
              onChange(chosen.wanted);
            }
          }}
        >
          {place < 0 && <option value="-1">—</option>}
          {kept.map((one, index) => (
            <option key={index} value={String(index)}>
              {nameOf(one.wanted, lanes)}
            </option>
          ))}
        </select>
      </label>
      {place < 0 && <p class="quiet">{t('lookup.not.kept')}</p>}
    </>
  );
}

function nameOf({ path, token, head }: LookUp, lanes: readonly PathTrace[]): string {
  const word = lanes.find((lane) => lane.path === path)?.tokens[token]?.text.trim() ?? '';
  const which = head === null ? t('lookup.mean') : t('lookup.head.of', head);
  return `${laneTitle(path)} · ${token + 1} ${word} · ${which}`;
}
