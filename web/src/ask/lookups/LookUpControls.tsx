/** Chooses the look-up inside the decoder: whose prompt, which word, which head. */
import type { PathTrace } from '../../api/types';
import { t } from '../../i18n';
import type { Inside } from '../../maths/lookup';
import type { Mark } from '../../maths/marks';
import { mostReading } from '../../maths/mass';
import { Segments } from '../../shell/Segments';
import type { Laboratory, LookUp } from '../../state/laboratory';
import { HeadMap } from './HeadMap';
import { KeptLookUps } from './KeptLookUps';
import { laneTitle } from '../../state/sides';

interface Props {
  readonly lanes: readonly PathTrace[];
  readonly path: PathTrace;
  readonly wanted: LookUp;
  readonly inside: Inside | null;
  readonly marks: ReadonlyMap<number, Mark>;
  /** Has another look-up shown. */
  readonly onChange: (wanted: LookUp) => void;
  /** Null where nothing more can be found out, so that there is only what was kept. */
  readonly laboratory: Laboratory | null;
}

export function LookUpControls(props: Props) {
  const { lanes, path, wanted, inside, marks, onChange, laboratory } = props;
  const closed = laboratory === null;
  const choose = (change: Partial<LookUp>) => {
    onChange({ ...wanted, ...change });
  };
  return (
    <>
      <div class="look-controls">
        <Segments
          label={t('agree.lane')}
          options={lanes.map((lane) => [lane.path, laneTitle(lane.path)] as const)}
          value={path.path}
          onChange={(name) => {
            const lane = lanes.find((one) => one.path === name) ?? path;
            onChange({ path: name, token: mostReading(lane), head: closed ? null : wanted.head });
          }}
        />
        <label class="picker framed">
          <span class="label">{t('lookup.word')}</span>
          <select
            name="word"
            value={String(wanted.token)}
            onChange={(event) => {
              const token = Number(event.currentTarget.value);
              choose({ token, head: closed ? null : wanted.head });
            }}
          >
            {path.tokens.map(({ text }, token) => (
              <option key={token} value={String(token)}>
                {token + 1} {text.trim() === '' ? '␣' : text.trim()}
              </option>
            ))}
          </select>
        </label>
        {closed ? (
          <KeptLookUps lanes={lanes} wanted={wanted} onChange={onChange} />
        ) : inside === null ? (
          <button
            type="button"
            onClick={() => {
              laboratory.lookInside(wanted.path, wanted.token);
            }}
          >
            {t('lookup.inside.ask')}
          </button>
        ) : (
          <HeadPickers inside={inside} wanted={wanted} choose={choose} />
        )}
      </div>
      {inside !== null && (
        <HeadMap
          inside={inside}
          path={path}
          marks={marks}
          chosen={wanted.head}
          onChoose={
            closed
              ? null
              : (head) => {
                  choose({ head });
                }
          }
        />
      )}
    </>
  );
}

interface PickersProps {
  readonly inside: Inside;
  readonly wanted: LookUp;
  readonly choose: (change: Partial<LookUp>) => void;
}

function HeadPickers({ inside, wanted, choose }: PickersProps) {
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
          {numbers(inside.layers).map((layer) => (
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
            {numbers(inside.heads).map((index) => (
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
