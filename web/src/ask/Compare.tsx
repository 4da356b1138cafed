/** Asks the question of a contrast of another decoder, or with other settings; the answer stands beside. */
import { useState } from 'preact/hooks';
import type { AnswerStyle } from '../api/types';
import { t } from '../i18n';
import { mainOf } from '../maths/beside';
import type { ContrastView } from '../maths/contrast';
import { readsFound } from '../paths/paths';
import { Icon } from '../shell/Icon';
import { Popover } from '../shell/Popover';
import { limits, models } from '../state/catalogue';
import { compare, running } from '../state/run';
import { otherwise, type Otherwise, requestFor, STYLES, targetOf } from '../state/target';

export function Compare({ view }: { readonly view: ContrastView }) {
  const trace = mainOf(view);
  const target = targetOf(trace);
  const [wanted, setWanted] = useState<Otherwise>({});
  const loaded = models.value.filter(({ state }) => state === 'loaded');
  const changed = otherwise(target, wanted);
  const style = wanted.style ?? target.style ?? limits.value.style;
  const choose = (change: Otherwise) => {
    setWanted({ ...wanted, ...change });
  };
  return (
    <Popover
      name={t('compare.title')}
      class="compare"
      disabled={running.value}
      onOpen={() => {
        const other = loaded.find(({ name }) => name !== trace.model.name);
        setWanted(other === undefined ? {} : { model: other.name });
      }}
      label={
        <>
          <Icon name="columns" />
          {t('compare.title')}
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (changed !== null) {
            void compare(requestFor(trace.question, changed, null));
          }
        }}
      >
        <p class="quiet">{t('compare.about')}</p>
        <label class="field">
          <span>{t('ask.decoder')}</span>
          <select
            name="compare-model"
            value={wanted.model ?? trace.model.name}
            onChange={({ currentTarget: { value } }) => {
              choose({ model: value });
            }}
          >
            {loaded.map(({ name, title }) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>{t('ask.style')}</span>
          <select
            name="compare-style"
            value={style}
            onChange={({ currentTarget: { value } }) => {
              choose({ style: value as AnswerStyle });
            }}
          >
            {STYLES.map((one) => (
              <option key={one} value={one}>
                {t(`style.${one}`)}
              </option>
            ))}
          </select>
        </label>
        {target.paths.some(readsFound) && (
          <label class="field">
            <span>{t('sampling.k')}</span>
            <input
              type="number"
              name="compare-k"
              min={1}
              max={limits.value.passages.most}
              placeholder={t('compare.k.usual')}
              value={wanted.k ?? target.wishes.k ?? ''}
              onChange={({ currentTarget: { valueAsNumber } }) => {
                choose({ k: Number.isNaN(valueAsNumber) ? undefined : valueAsNumber });
              }}
            />
          </label>
        )}
        <label class="field">
          <span>{t('sampling.temperature')}</span>
          <input
            type="number"
            name="compare-temperature"
            min={0}
            max={2}
            step={0.05}
            value={wanted.temperature ?? target.wishes.temperature ?? 0}
            onChange={({ currentTarget: { valueAsNumber } }) => {
              choose({ temperature: Number.isNaN(valueAsNumber) ? undefined : valueAsNumber });
            }}
          />
        </label>
        {changed === null && <p class="quiet">{t('compare.same')}</p>}
        <button type="submit" class="primary" disabled={changed === null}>
          {t('ask.ask')}
        </button>
      </form>
    </Popover>
  );
}
