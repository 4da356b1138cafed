/** What a question is asked of: collection, scope, decoder, style, sampling, paths. */
import { languageName, t } from '../../i18n';
import { PATHS, titleOf } from '../../paths/paths';
import { Icon } from '../../shell/Icon';
import { collections, limits, models, speakersOf, speaks } from '../../state/catalogue';
import * as draft from '../../state/draft';
import { STYLES } from '../../state/target';
import { RetrievalPicker } from './RetrievalPicker';
import { SamplingPicker } from './SamplingPicker';
import { ScopePicker } from './ScopePicker';

export function Settings() {
  return (
    <>
      <div class="settings">
        <CollectionPicker />
        <ScopePicker />
        <RetrievalPicker />
        <DecoderPicker />
        <StylePicker />
        <SamplingPicker />
        <PathToggles />
      </div>
      <LanguageNotice />
    </>
  );
}

function CollectionPicker() {
  if (collections.value.length === 0) {
    return (
      <a class="picker" href="#/library">
        {t('ask.collection.none')} · {t('ask.empty.library.go')}
      </a>
    );
  }
  const chosen = draft.collectionName.value;
  return (
    <label class="picker">
      <span class="label">{t('ask.collection')}</span>
      <select
        name="collection"
        value={chosen ?? ''}
        onChange={(event) => {
          draft.chooseCollection(event.currentTarget.value);
        }}
      >
        {chosen !== null && draft.collection.value === null && (
          <option value={chosen} disabled>
            {t('ask.gone', { name: chosen })}
          </option>
        )}
        {collections.value.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
      <Icon name="caret" />
    </label>
  );
}

function DecoderPicker() {
  const chosen = draft.modelName.value;
  const usable = models.value.filter(
    ({ name, state }) => state === 'loaded' || state === 'installed' || name === chosen,
  );
  return (
    <label class="picker">
      <span class="label">{t('ask.decoder')}</span>
      <select
        name="model"
        value={chosen ?? ''}
        onChange={(event) => {
          draft.chosenModel.value = event.currentTarget.value;
        }}
      >
        {chosen === null && <option value="">{t('ask.decoder.none')}</option>}
        {chosen !== null && draft.model.value === null && (
          <option value={chosen} disabled>
            {t('ask.gone', { name: chosen })}
          </option>
        )}
        {usable.map((model) => (
          <option key={model.name} value={model.name} disabled={model.state !== 'loaded'}>
            {model.title}
            {model.state === 'loaded' ? '' : ` (${t(`models.state.${model.state}`)})`}
          </option>
        ))}
      </select>
      <Icon name="caret" />
    </label>
  );
}

function StylePicker() {
  return (
    <label class="picker">
      <span class="label">{t('ask.style')}</span>
      <select
        name="style"
        value={draft.style.value ?? limits.value.style}
        onChange={({ currentTarget: { value } }) => {
          draft.style.value = STYLES.find((style) => style === value) ?? null;
        }}
      >
        {STYLES.map((style) => (
          <option key={style} value={style}>
            {t(`style.${style}`)}
          </option>
        ))}
      </select>
      <Icon name="caret" />
    </label>
  );
}

function PathToggles() {
  return (
    <fieldset class="paths">
      <legend class="unseen">{t('path.label')}</legend>
      {PATHS.map((path) => (
        <label key={path} class="toggle">
          <input
            type="checkbox"
            checked={draft.paths.value.includes(path)}
            onChange={() => {
              draft.togglePath(path);
            }}
          />
          <span>{titleOf(path)}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** Says before the answer disappoints that the decoder does not speak the collection's language. */
function LanguageNotice() {
  const collection = draft.collection.value;
  const model = draft.model.value;
  if (collection === null || model === null || speaks(model, collection.language)) {
    return null;
  }
  const better = speakersOf(collection.language)[0];
  return (
    <p class="notice">
      <Icon name="warn" />
      <span>
        {t('ask.language', {
          model: model.title,
          language: languageName(collection.language),
        })}{' '}
        {better === undefined ? (
          t('ask.language.none')
        ) : better.state === 'loaded' ? (
          <button
            type="button"
            class="link"
            onClick={() => {
              draft.chosenModel.value = better.name;
            }}
          >
            {t('ask.language.use', { model: better.title })}
          </button>
        ) : (
          <a href="#/models">
            {t(better.state === 'installed' ? 'ask.language.load' : 'ask.language.get', {
              model: better.title,
            })}
          </a>
        )}
      </span>
    </p>
  );
}
