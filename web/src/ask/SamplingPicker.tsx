/** How tokens are chosen, and how much may be read. */
import type { Sampling } from '../api/types';
import { t, type Key } from '../i18n';
import { Popover } from '../shell/Popover';
import * as draft from '../state/draft';

type Field = Exclude<keyof Sampling, 'stop'>;

interface Range {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

const FIELDS: readonly (readonly [Field, Range])[] = [
  ['temperature', { min: 0, max: 2, step: 0.05 }],
  ['topP', { min: 0.05, max: 1, step: 0.05 }],
  ['topK', { min: 0, max: 1000, step: 1 }],
  ['minP', { min: 0, max: 0.95, step: 0.05 }],
  ['repetitionPenalty', { min: 1, max: 2, step: 0.05 }],
  ['seed', { min: 0, max: Number.MAX_SAFE_INTEGER, step: 1 }],
  ['maxTokens', { min: 1, max: 1024, step: 1 }],
];

export function SamplingPicker() {
  const changed = draft.changedSettings.value;
  const summary =
    changed === 0 ? t('ask.sampling.greedy') : t('ask.sampling.changed', { n: changed });
  return (
    <Popover
      name={t('ask.sampling')}
      class="sampling"
      label={
        <>
          <span class="label">{t('ask.sampling')}</span>
          {summary}
        </>
      }
    >
      <p class="quiet">{t('ask.sampling.same')}</p>
      <div class="fields">
        {FIELDS.map(([field, range]) => (
          <NumberField
            key={field}
            name={`sampling.${field}`}
            range={range}
            value={draft.sampling.value[field]}
            onChange={(value) => {
              draft.sampling.value = { ...draft.sampling.value, [field]: value };
            }}
          />
        ))}
        <NumberField
          name="sampling.k"
          range={{ min: 1, max: 20, step: 1 }}
          value={draft.k.value}
          onChange={(value) => {
            draft.k.value = value;
          }}
        />
        <NumberField
          name="sampling.budget"
          range={{ min: 64, max: 8192, step: 64 }}
          value={draft.budget.value}
          onChange={(value) => {
            draft.budget.value = value;
          }}
        />
      </div>
      <label class="field">
        <span>{t('sampling.stop')}</span>
        <textarea
          rows={2}
          value={draft.sampling.value.stop.join('\n')}
          onChange={(event) => {
            const stop = event.currentTarget.value.split('\n').filter((line) => line !== '');
            draft.sampling.value = { ...draft.sampling.value, stop };
          }}
        />
      </label>
      <button
        type="button"
        disabled={changed === 0}
        onClick={() => {
          draft.sampling.value = draft.GREEDY;
          draft.k.value = draft.DEFAULT_K;
          draft.budget.value = draft.DEFAULT_BUDGET;
        }}
      >
        {t('ask.sampling.reset')}
      </button>
    </Popover>
  );
}

interface NumberFieldProps {
  readonly name: Key;
  readonly range: Range;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function NumberField({ name, range, value, onChange }: NumberFieldProps) {
  return (
    <label class="field">
      <span>{t(name)}</span>
      <input
        type="number"
        {...range}
        value={value}
        onChange={(event) => {
          const entered = event.currentTarget.valueAsNumber;
          const clamped = Math.min(range.max, Math.max(range.min, entered));
          onChange(Number.isNaN(entered) ? value : clamped);
        }}
      />
    </label>
  );
}
