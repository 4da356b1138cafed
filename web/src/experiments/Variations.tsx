/** What rows differ in beside the path: factors, each with the values to try. */
import { t } from '../i18n';
import { Icon } from '../shell/Icon';
import { FACTORS, nextFactor, type Variation } from './order';

interface Props {
  readonly variations: readonly Variation[];
  readonly onChange: (variations: readonly Variation[]) => void;
}

export function Variations({ variations, onChange }: Props) {
  const next = nextFactor(variations);
  return (
    <fieldset>
      <legend>{t('experiments.vary')}</legend>
      {variations.map((variation, place) => (
        <VariationLine
          key={place}
          variation={variation}
          taken={variations.map(({ factor }) => factor)}
          onChange={(changed) => {
            onChange(variations.map((each, at) => (at === place ? changed : each)));
          }}
          onRemove={() => {
            onChange(variations.filter((_, at) => at !== place));
          }}
        />
      ))}
      {next !== null && (
        <button
          type="button"
          onClick={() => {
            onChange([...variations, { factor: next, values: '' }]);
          }}
        >
          <Icon name="plus" />
          {t('experiments.vary.add')}
        </button>
      )}
      <p class="quiet">{t('experiments.vary.about')}</p>
    </fieldset>
  );
}

interface LineProps {
  readonly variation: Variation;
  readonly taken: readonly string[];
  readonly onChange: (variation: Variation) => void;
  readonly onRemove: () => void;
}

function VariationLine({ variation, taken, onChange, onRemove }: LineProps) {
  const { factor, values } = variation;
  const name = t(`experiments.factor.${factor}`);
  return (
    <div class="variation">
      <label class="field">
        <span>{t('experiments.vary.factor')}</span>
        <select
          value={factor}
          onChange={(event) => {
            const chosen = FACTORS.find((each) => each === event.currentTarget.value);
            onChange({ factor: chosen ?? factor, values });
          }}
        >
          {FACTORS.map((each) => (
            <option key={each} value={each} disabled={each !== factor && taken.includes(each)}>
              {t(`experiments.factor.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{t('experiments.vary.values')}</span>
        <input
          required
          placeholder={t(`experiments.factor.${factor}.values`)}
          value={values}
          onInput={(event) => {
            onChange({ factor, values: event.currentTarget.value });
          }}
        />
      </label>
      <button
        type="button"
        class="plain"
        aria-label={t('experiments.vary.remove', { name })}
        title={t('experiments.vary.remove', { name })}
        onClick={onRemove}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
