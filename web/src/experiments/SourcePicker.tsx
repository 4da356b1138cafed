/** Chooses where the questions come from: files, or headings of a collection that is here. */
import type { DatasetFile } from '../api/experiments';
import { t } from '../i18n';
import { Segments } from '../shell/Segments';
import { collections } from '../state/catalogue';
import { DatasetPicker } from './DatasetPicker';
import { type OrderDraft, SEARCH, type Source, SOURCES } from './order';

interface Props {
  readonly draft: OrderDraft;
  readonly change: (changes: Partial<OrderDraft>) => void;
  readonly files: readonly DatasetFile[];
  readonly onFiles: (files: readonly DatasetFile[]) => void;
}

export function SourcePicker({ draft, change, files, onFiles }: Props) {
  return (
    <fieldset>
      <legend>{t('experiments.files')}</legend>
      <Segments
        label={t('experiments.source')}
        options={SOURCES.map((source) => [source, t(`experiments.source.${source}`)] as const)}
        value={draft.source}
        onChange={(source) => {
          change(chosen(source, draft));
        }}
      />
      {draft.source === 'files' ? (
        <>
          <DatasetPicker files={files} onFiles={onFiles} />
          <ReadingFields draft={draft} change={change} />
        </>
      ) : draft.source === 'marked' ? (
        <p class="quiet">{t('experiments.source.marked.about')}</p>
      ) : (
        <CollectionPicker
          value={draft.collection}
          onChange={(collection) => {
            change({ collection });
          }}
        />
      )}
    </fieldset>
  );
}

/** Headings know which section answers and no answer: all that can be judged is the search. */
function chosen(source: Source, draft: OrderDraft): Partial<OrderDraft> {
  return source === 'headings'
    ? {
        source,
        paths: [SEARCH],
        collection: draft.collection || (collections.value[0]?.name ?? ''),
      }
    : { source };
}

/** How a file is read. */
function ReadingFields({ draft, change }: Pick<Props, 'draft' | 'change'>) {
  return (
    <>
      <label class="field order-language">
        <span>{t('experiments.language')}</span>
        <select
          value={draft.language}
          onChange={(event) => {
            change({ language: event.currentTarget.value });
          }}
        >
          <option value="">{t('experiments.language.detected')}</option>
          <option value="en">English</option>
          <option value="zh">中文</option>
        </select>
      </label>
      <label class="field order-name">
        <span>{t('experiments.columns')}</span>
        <input
          placeholder="question=…, answer=…, context=…"
          value={draft.columns}
          onInput={(event) => {
            change({ columns: event.currentTarget.value });
          }}
        />
      </label>
    </>
  );
}

interface CollectionProps {
  readonly value: string;
  readonly onChange: (collection: string) => void;
}

function CollectionPicker({ value, onChange }: CollectionProps) {
  return (
    <>
      <label class="field">
        <span>{t('ask.collection')}</span>
        <select
          required
          value={value}
          onChange={(event) => {
            onChange(event.currentTarget.value);
          }}
        >
          {collections.value.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <p class="quiet">{t('experiments.source.headings.about')}</p>
    </>
  );
}
