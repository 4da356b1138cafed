/** Collections and their documents. */
import { useEffect, useState } from 'preact/hooks';
import * as api from '../api/client';
import type { DocumentCollection, DocumentEntry } from '../api/types';
import { wordsFor } from '../api/words';
import { bytes, languageName, number, t } from '../i18n';
import { confirmDelete } from '../shell/ConfirmDialog';
import { Failure } from '../shell/Failure';
import {
  collections,
  collectionsKnown,
  loadSections,
  refreshCollections,
  trouble,
} from '../state/catalogue';
import { format, go } from '../state/route';
import { AskThese } from './AskThese';
import { CollectionTitle } from './CollectionTitle';
import { Documents } from './Documents';
import { DropZone } from './DropZone';
import { EncodeAnew } from './EncodeAnew';
import { KeptMemory } from './KeptMemory';
import { Jobs } from './Jobs';
import { NewCollection } from './NewCollection';
import { TrySearch } from './TrySearch';
import { libraryVersion, refresh, refreshJobs, upload } from '../state/uploads';

/** Where files dropped on an empty library go. */
const FIRST_COLLECTION = 'documents';

export function LibraryScreen({ collection }: { readonly collection: string | null }) {
  useEffect(() => {
    void refreshCollections();
    refreshJobs().catch((caught: unknown) => {
      trouble.value = wordsFor(caught);
    });
  }, []);
  const shown =
    collection === null
      ? collections.value[0]
      : collections.value.find(({ name }) => name === collection);
  return (
    <div class="page library">
      <h1>{t('library.title')}</h1>
      {trouble.value !== null && (
        <Failure
          text={trouble.value === '' ? t('failure.unreachable') : trouble.value}
          onRetry={() => void refreshCollections()}
        />
      )}
      <div class="library-columns">
        <aside>
          <h2 class="label">{t('library.collections')}</h2>
          <ul class="collections">
            {collections.value.map((found) => (
              <li key={found.name}>
                <a
                  href={format({ screen: 'library', collection: found.name })}
                  aria-current={found === shown ? 'true' : undefined}
                >
                  <strong>{found.title}</strong>
                  <span>
                    {languageName(found.language)} · {counts(found)}
                  </span>
                </a>
              </li>
            ))}
          </ul>
          <NewCollection />
        </aside>
        {shown !== undefined ? (
          <Collection key={shown.name} found={shown} />
        ) : collectionsKnown.value ? (
          <Missing name={collection} />
        ) : (
          trouble.value === null && <progress class="await" aria-label={t('library.title')} />
        )}
      </div>
    </div>
  );
}

function counts(found: DocumentCollection): string {
  const documents = t('library.documents.count', { n: number(found.documents) });
  return `${documents} · ${t('ask.scope.passages', { n: number(found.passages) })}`;
}

/** In place of a collection that is not there; of no name where there is none at all. */
function Missing({ name }: { readonly name: string | null }) {
  return name === null || collections.value.length === 0 ? (
    <EmptyLibrary />
  ) : (
    <p class="void" role="status">
      {t('library.gone', { name })}
    </p>
  );
}

function EmptyLibrary() {
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <div class="collection">
      <p class="void">{t('library.empty')}</p>
      {problem !== null && <Failure text={problem} />}
      <DropZone
        name={FIRST_COLLECTION}
        onFiles={(files) => {
          upload(FIRST_COLLECTION, files).catch((caught: unknown) => {
            setProblem(wordsFor(caught));
          });
        }}
      />
      <Jobs collection={FIRST_COLLECTION} passages={0} />
    </div>
  );
}

function Collection({ found }: { readonly found: DocumentCollection }) {
  const [documents, setDocuments] = useState<readonly DocumentEntry[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const version = libraryVersion.value;
  const fail = (caught: unknown) => {
    setProblem(wordsFor(caught));
  };
  useEffect(() => {
    void loadSections(found.name, true);
    api
      .documents(found.name)
      .then(setDocuments)
      .catch((caught: unknown) => {
        setProblem(wordsFor(caught));
      });
  }, [found.name, version]);
  const again = (documents ?? []).filter((each) => each.outdated && each.bytes !== null).length;
  const remove = async (document: DocumentEntry) => {
    if (await confirmDelete(t('library.delete.document.sure', { name: document.title }))) {
      await api.deleteDocument(document.id);
      libraryVersion.value++;
      await refreshCollections();
    }
  };
  const removeAll = async () => {
    if (await confirmDelete(t('library.delete.sure', { name: found.title }))) {
      await api.deleteCollection(found.name);
      await refreshCollections();
      go({ screen: 'library', collection: null });
    }
  };
  return (
    <div class="collection">
      <div class="collection-head">
        <div>
          <CollectionTitle found={found} onFail={fail} />
          <p class="quiet">
            {found.title !== found.name && `${found.name} · `}
            {languageName(found.language)} · {found.encoder} · {counts(found)}
            {found.values !== 'raw' && ` · ${t(`library.values.${found.values}`)}`}
            {found.bytes > 0 && ` · ${t('library.bytes', { size: bytes(found.bytes) })}`}
          </p>
        </div>
        <div class="actions">
          {found.passages > 0 && <AskThese collection={found.name} />}
          <button
            type="button"
            onClick={() => {
              removeAll().catch(fail);
            }}
          >
            {t('library.delete.collection')}
          </button>
        </div>
      </div>
      {problem !== null && (
        <Failure
          text={problem}
          onClose={() => {
            setProblem(null);
          }}
        />
      )}
      <DropZone
        name={found.title}
        onFiles={(files) => {
          upload(found.name, files).catch(fail);
        }}
      />
      <Jobs collection={found.name} passages={found.passages} />
      {found.passages > 0 && <TrySearch collection={found.name} />}
      <EncodeAnew found={found} />
      <KeptMemory collection={found.name} />
      {again > 0 && (
        <button
          type="button"
          onClick={() => {
            refresh(found.name).catch(fail);
          }}
        >
          {t('library.refresh', { n: number(again) })}
        </button>
      )}
      {documents === null ? (
        <progress class="await" aria-label={t('library.documents')} />
      ) : (
        <Documents
          documents={documents}
          onDelete={(document) => {
            remove(document).catch(fail);
          }}
        />
      )}
    </div>
  );
}
