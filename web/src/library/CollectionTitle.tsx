/** What people call a collection, and calling it otherwise. */
import { useState } from 'preact/hooks';
import * as api from '../api/client';
import type { DocumentCollection } from '../api/types';
import { t } from '../i18n';
import { Icon } from '../shell/Icon';
import { refreshCollections } from '../state/catalogue';

interface Props {
  readonly found: DocumentCollection;
  readonly onFail: (caught: unknown) => void;
}

export function CollectionTitle({ found, onFail }: Props) {
  const [draft, setDraft] = useState<string | null>(null);
  if (draft === null) {
    return (
      <div class="collection-title">
        <h2>{found.title}</h2>
        <button
          type="button"
          class="plain"
          title={t('history.rename')}
          aria-label={t('history.rename.one', { title: found.title })}
          onClick={() => {
            setDraft(found.title);
          }}
        >
          <Icon name="pen" />
        </button>
      </div>
    );
  }
  const save = async () => {
    await api.setTitle(found.name, draft.trim());
    await refreshCollections();
    setDraft(null);
  };
  return (
    <form
      class="collection-title"
      onSubmit={(event) => {
        event.preventDefault();
        save().catch(onFail);
      }}
    >
      <input
        aria-label={t('library.new.title')}
        maxLength={200}
        placeholder={found.name}
        value={draft}
        ref={(field) => {
          field?.focus();
        }}
        onInput={(event) => {
          setDraft(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            setDraft(null);
          }
        }}
      />
      <button type="submit" class="primary">
        {t('history.rename.save')}
      </button>
    </form>
  );
}
