/** Chooses the look-up inside the decoder: whose prompt, which word, which head. */
import type { Attention } from '../api/evidence';
import type { PathTrace } from '../api/types';
import { t } from '../i18n';
import type { LookUp } from '../state/laboratory';
import { HeadMap } from './HeadMap';
import { Segments } from './Segments';

interface Props {
  readonly lanes: readonly PathTrace[];
  readonly path: PathTrace;
  readonly wanted: LookUp;
  readonly attention: Attention | null;
  /** Has another look-up shown; null where nothing more can be found out. */
  readonly onChange: ((wanted: LookUp) => void) | null;
}

export function LookUpControls({ lanes, path, wanted, attention, onChange }: Props) {
  if (onChange === null) {
    return attention === null ? null : (
      <HeadMap attention={attention} chosen={wanted.head} onChoose={null} />
    );
  }
  const choose = (change: Partial<LookUp>) => {
    onChange({ ...wanted, ...change });
  };
  return (
    <>
      <div class="look-controls">
        <Segments
          label={t('agree.lane')}
          options={lanes.map((lane) => [lane.path, t(`path.${lane.path}`)] as const)}
          value={path.path}
          onChange={(lane) => {
            onChange({ path: lane, token: 0, head: wanted.head });
          }}
        />
        <label class="picker framed">
          <span class="label">{t('lookup.word')}</span>
          <select
            name="word"
            value={String(wanted.token)}
            onChange={(event) => {
              choose({ token: Number(event.currentTarget.value) });
            }}
          >
            {path.tokens.map(({ text }, token) => (
              <option key={token} value={String(token)}>
                {token + 1} {text.trim() === '' ? '␣' : text.trim()}
              </option>
            ))}
          </select>
        </label>
        {attention === null ? (
          <button
            type="button"
            onClick={() => {
              choose({});
            }}
          >
            {t('lookup.inside.ask')}
          </button>
        ) : (
          <HeadPickers attention={attention} wanted={wanted} choose={choose} />
        )}
      </div>
      {attention !== null && (
        <HeadMap
          attention={attention}
          chosen={wanted.head}
          onChoose={(head) => {
            choose({ head });
          }}
        />
      )}
    </>
  );
}

interface PickersProps {
  readonly attention: Attention;
  readonly wanted: LookUp;
  readonly choose: (change: Partial<LookUp>) => void;
}

function HeadPickers({ attention, wanted, choose }: PickersProps) {
  const { head } = wanted;
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
  return (
    <>
      <label class="picker framed">
        <span class="label">{t('lookup.layer')}</span>
        <select
          name="layer"
          value={head === null ? '' : String(head.layer)}
          onChange={(event) => {
            const layer = event.currentTarget.value;
            choose({ head: layer === '' ? null : { layer: Number(layer), head: head?.head ?? 0 } });
          }}
        >
          <option value="">{t('lookup.mean')}</option>
          {numbers(attention.layers).map((layer) => (
            <option key={layer} value={String(layer)}>
              {layer}
            </option>
          ))}
        </select>
      </label>
      {head !== null && (
        <label class="picker framed">
          <span class="label">{t('lookup.head')}</span>
          <select
            name="head"
            value={String(head.head)}
            onChange={(event) => {
              choose({ head: { ...head, head: Number(event.currentTarget.value) } });
            }}
          >
            {numbers(attention.heads).map((index) => (
              <option key={index} value={String(index)}>
                {index}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}
