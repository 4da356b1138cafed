/** Fields for numbers that can be wished for, within what the server and the chosen decoder allow. */
import { t } from '../../i18n';
import { limits } from '../../state/catalogue';
import * as draft from '../../state/draft';
import { changedIn, type Wishes } from '../../state/target';

export type Field = Exclude<keyof Wishes, 'stop'>;

interface Range {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** A budget below this holds no passage. */
const LEAST_BUDGET = 64;

/** What a field can be set to. */
function rangeOf(field: Field): Range {
  const { maxTokens, passages, budget } = limits.value;
  const context = draft.model.value?.context ?? budget.most;
  const ranges: Readonly<Record<Field, Range>> = {
    temperature: { min: 0, max: 2, step: 0.05 },
    topP: { min: 0.05, max: 1, step: 0.05 },
    topK: { min: 0, max: 1000, step: 1 },
    minP: { min: 0, max: 0.95, step: 0.05 },
    repetitionPenalty: { min: 1, max: 2, step: 0.05 },
    presencePenalty: { min: -2, max: 2, step: 0.1 },
    frequencyPenalty: { min: -2, max: 2, step: 0.1 },
    seed: { min: 0, max: Number.MAX_SAFE_INTEGER, step: 1 },
    maxTokens: { min: 1, max: maxTokens.most, step: 1 },
    k: { min: 1, max: passages.most, step: 1 },
    budget: { min: LEAST_BUDGET, max: Math.min(budget.most, context), step: LEAST_BUDGET },
  };
  return ranges[field];
}

export function change(wish: Partial<Wishes>): void {
  draft.changes.value = { ...draft.changes.value, ...wish };
}

/** Those of some settings that differ from what the server does anyway. */
export function changedAmong(keys: readonly (keyof Wishes)[]): readonly (keyof Wishes)[] {
  return changedIn(draft.changes.value).filter((key) => keys.includes(key));
}

interface ResetProps {
  readonly keys: readonly (keyof Wishes)[];
}

/** Lets some settings be as the server has them. */
export function Reset({ keys }: ResetProps) {
  return (
    <button
      type="button"
      disabled={changedAmong(keys).length === 0}
      onClick={() => {
        draft.changes.value = Object.fromEntries(
          Object.entries(draft.changes.value).filter(([key]) => !keys.some((one) => one === key)),
        );
      }}
    >
      {t('ask.sampling.reset')}
    </button>
  );
}

export function WishFields({ fields }: { readonly fields: readonly Field[] }) {
  return (
    <div class="fields">
      {fields.map((field) => (
        <NumberField
          key={field}
          field={field}
          range={rangeOf(field)}
          value={draft.wishes.value[field]}
          onChange={(value) => {
            change({ [field]: value });
          }}
        />
      ))}
    </div>
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
