/** Creates a collection. */
import { useState } from 'preact/hooks';
import * as api from '../api/client';
import type { ValueKind } from '../api/types';
import { wordsFor } from '../api/words';
import { languageName, t } from '../i18n';
import { Icon } from '../shell/Icon';
import { refreshCollections } from '../state/catalogue';
import { go } from '../state/route';

const LANGUAGES = ['en', 'zh'] as const;
const VALUES = ['raw', 'summary', 'fields'] as const;

export function NewCollection() {
  const [open, setOpen] = useState(false);
  const [title, setTitle] = useState('');
  const [language, setLanguage] = useState<string>('en');
  const [values, setValues] = useState<ValueKind>('raw');
  const [problem, setProblem] = useState<string | null>(null);
  if (!open) {
    return (
      <button
        type="button"
        class="wide"
        onClick={() => {
          setOpen(true);
        }}
      >
        <Icon name="plus" />
        {t('library.new')}
      </button>
    );
  }
  const create = async () => {
    try {
      const { name } = await api.createCollection(title.trim(), language, values);
      await refreshCollections();
      setOpen(false);
      setTitle('');
      setProblem(null);
      go({ screen: 'library', collection: name });
    } catch (caught) {
      setProblem(wordsFor(caught));
    }
  };
  return (
    <form
      class="new-collection"
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      <label class="field">
        <span>{t('library.new.title')}</span>
        <input
          required
          maxLength={200}
          value={title}
          onInput={(event) => {
            setTitle(event.currentTarget.value);
          }}
        />
      </label>
      <label class="field">
        <span>{t('library.new.language')}</span>
        <select
          value={language}
          onChange={(event) => {
            setLanguage(event.currentTarget.value);
          }}
        >
          {LANGUAGES.map((code) => (
            <option key={code} value={code}>
              {languageName(code)}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{t('library.new.values')}</span>
        <select
          value={values}
          onChange={(event) => {
            setValues(VALUES.find((kind) => kind === event.currentTarget.value) ?? 'raw');
          }}
        >
          {VALUES.map((kind) => (
            <option key={kind} value={kind}>
              {t(`library.values.${kind}`)}
            </option>
          ))}
        </select>
      </label>
      {problem !== null && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
      <div class="confirm-actions">
        <button
          type="button"
          onClick={() => {
            setOpen(false);
          }}
        >
          {t('library.cancel')}
        </button>
        <button type="submit" class="primary">
          {t('library.new.create')}
        </button>
      </div>
    </form>
  );
}
