/** Offers the decoder that would do better where the one that answered fell short. */
import type { ModelStatus, Trace } from '../api/types';
import { bytes, percent, t } from '../i18n';
import { Icon } from '../shell/Icon';
import { type Better, betterFor, refused, take, taking } from '../state/betterDecoder';
import { chosenModel, modelName } from '../state/draft';

export function BetterDecoder({ trace }: { readonly trace: Trace }) {
  const better = betterFor(trace);
  return better === null ? null : (
    <p class="notice better">
      <Icon name="warn" />
      <span>
        {words(better)} <Way model={better.model} />
        {refused.value !== null && ` ${refused.value}`}
      </span>
    </p>
  );
}

function words({ why, answered, model }: Better): string {
  const values = { answered: answered.title, model: model.title };
  return why === 'language' ? t('better.language', values) : t('better.cut', values);
}

function Way({ model }: { readonly model: ModelStatus }) {
  const { title, state, lacks } = model;
  if (state === 'pulling' || state === 'loading' || taking.value === model.name) {
    const shown = t(`models.state.${state}`);
    return (
      <>
        {shown}{' '}
        {model.progress !== null && (
          <>
            <progress value={model.progress} aria-label={shown} /> {percent(model.progress)}
          </>
        )}
      </>
    );
  }
  if (lacks !== null) {
    return (
      <>
        {lacks === 'disk'
          ? t('better.lacks.disk', { size: bytes(model.bytes) })
          : t('better.lacks.memory', { size: bytes(model.memoryBytes) })}
      </>
    );
  }
  if (state === 'loaded' && modelName.value === model.name) {
    return <>{t('better.chosen')}</>;
  }
  return (
    <button
      type="button"
      class="link"
      onClick={() => {
        if (state === 'loaded') {
          chosenModel.value = model.name;
        } else {
          void take(model);
        }
      }}
    >
      {state === 'loaded'
        ? t('better.use', { model: title })
        : state === 'installed'
          ? t('better.load', { model: title })
          : t('better.get', { model: title, size: bytes(model.bytes) })}
    </button>
  );
}
