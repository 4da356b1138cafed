/** The documents of a collection. */
import type { DocumentEntry } from '../api/types';
import { byName, bytes, day, number, t } from '../i18n';
import { Icon } from '../shell/Icon';
import { openSource } from '../state/source';

interface Props {
  readonly documents: readonly DocumentEntry[];
  readonly onDelete: (document: DocumentEntry) => void;
}

export function Documents({ documents, onDelete }: Props) {
  if (documents.length === 0) {
    return <p class="void">{t('library.documents.none')}</p>;
  }
  const ordered = [...documents].sort((a, b) => byName(a.title, b.title) || byName(a.name, b.name));
  return (
    <div class="scroll">
      <table class="list">
        <caption class="unseen">{t('library.documents')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('library.document')}</th>
            <th scope="col" class="wide-only">
              {t('library.type')}
            </th>
            <th scope="col" class="figure wide-only">
              {t('library.pages')}
            </th>
            <th scope="col" class="figure wide-only">
              {t('library.characters')}
            </th>
            <th scope="col" class="figure">
              {t('library.passages')}
            </th>
            <th scope="col" class="figure wide-only">
              {t('library.size')}
            </th>
            <th scope="col" class="wide-only">
              {t('library.added')}
            </th>
            <th scope="col">
              <span class="unseen">{t('library.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((document) => (
            <tr key={document.id}>
              <th scope="row">
                <button
                  type="button"
                  class="link"
                  onClick={() => {
                    openSource({
                      documentId: document.id,
                      title: document.title,
                      heading: document.name,
                      start: 0,
                      end: 0,
                      text: null,
                    });
                  }}
                >
                  {document.title}
                </button>
                {document.title !== document.name && <small>{document.name}</small>}
                {document.outdated && (
                  <small>
                    {t(document.bytes === null ? 'library.outdated.gone' : 'library.outdated')}
                  </small>
                )}
              </th>
              <td class="wide-only">{document.mediaType}</td>
              <td class="figure wide-only">
                {document.pages === null ? '—' : number(document.pages)}
              </td>
              <td class="figure wide-only">{number(document.characters)}</td>
              <td class="figure">{number(document.passages)}</td>
              <td class="figure wide-only">
                {document.bytes === null ? '—' : bytes(document.bytes)}
              </td>
              <td class="wide-only day">{day(document.ingestedAt)}</td>
              <td class="figure">
                <button
                  type="button"
                  class="plain"
                  title={t('library.delete')}
                  aria-label={t('library.delete.document', { name: document.title })}
                  onClick={() => {
                    onDelete(document);
                  }}
                >
                  <Icon name="trash" />
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
