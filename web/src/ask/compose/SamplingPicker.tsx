/** How tokens are chosen, and how much may be read. */
import { t } from '../../i18n';
import { Popover } from '../../shell/Popover';
import { limits } from '../../state/catalogue';
import * as draft from '../../state/draft';
import type { Wishes } from '../../state/target';

type Field = Exclude<keyof Wishes, 'stop'>;

interface Range {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** A budget below this holds no passage. */
const LEAST_BUDGET = 64;

/** What can be set, within what the server and the chosen decoder allow. */
function fields(): readonly (readonly [Field, Range])[] {
  const { maxTokens, passages, budget } = limits.value;
  const context = draft.model.value?.context ?? budget.most;
  return [
    ['temperature', { min: 0, max: 2, step: 0.05 }],
    ['topP', { min: 0.05, max: 1, step: 0.05 }],
    ['topK', { min: 0, max: 1000, step: 1 }],
    ['minP', { min: 0, max: 0.95, step: 0.05 }],
    ['repetitionPenalty', { min: 1, max: 2, step: 0.05 }],
    ['presencePenalty', { min: -2, max: 2, step: 0.1 }],
    ['frequencyPenalty', { min: -2, max: 2, step: 0.1 }],
    ['seed', { min: 0, max: Number.MAX_SAFE_INTEGER, step: 1 }],
    ['maxTokens', { min: 1, max: maxTokens.most, step: 1 }],
    ['k', { min: 1, max: passages.most, step: 1 }],
    ['budget', { min: LEAST_BUDGET, max: Math.min(budget.most, context), step: LEAST_BUDGET }],
  ];
}

function change(wish: Partial<Wishes>): void {
  draft.changes.value = { ...draft.changes.value, ...wish };
}

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
        {fields().map(([field, range]) => (
          <NumberField
            key={field}
            field={field}
            range={range}
            value={draft.wishes.value[field]}
            onChange={(value) => {
              change({ [field]: value });
            }}
          />
        ))}
      </div>
      <label class="field">
        <span>{t('sampling.stop')}</span>
        <textarea
          rows={2}
          value={draft.wishes.value.stop.join('\n')}
          onChange={(event) => {
            const stop = event.currentTarget.value.split('\n').filter((line) => line !== '');
            change({ stop });
          }}
        />
      </label>
      <button
        type="button"
        disabled={changed === 0}
        onClick={() => {
          draft.changes.value = {};
        }}
      >
        {t('ask.sampling.reset')}
      </button>
    </Popover>
  );
}

interface NumberFieldProps {
  readonly field: Field;
  readonly range: Range;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

function NumberField({ field, range, value, onChange }: NumberFieldProps) {
  return (
    <label class="field">
      <span>{t(`sampling.${field}`)}</span>
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
