/** A conversation in the history: opened, unfolded, named, chosen, deleted. */
import { useState } from 'preact/hooks';
import * as api from '../api/client';
import type { Conversation, Summary } from '../api/types';
import { exportTrace } from '../export/exportTrace';
import { moment, number, t } from '../i18n';
import { Icon } from '../shell/Icon';
import { collectionTitle } from '../state/catalogue';
import { format } from '../state/route';
import { ContrastLines } from './ContrastLines';

interface Props {
  readonly conversation: Conversation;
  readonly chosen: boolean;
  readonly onChoose: () => void;
  readonly onRename: (title: string) => Promise<void>;
  readonly onDelete: () => void;
  readonly onDeleteContrast: (line: Summary) => Promise<boolean>;
  readonly onFail: (caught: unknown) => void;
}

export function ConversationLine(props: Props) {
  const { conversation, chosen, onChoose, onRename, onDelete, onFail } = props;
  const { title, last, contrasts } = conversation;
  const [lines, setLines] = useState<readonly Summary[] | null>(null);
  const [draft, setDraft] = useState<string | null>(null);
  const unfold = async () => {
    setLines(lines === null ? await api.contrastsOf(conversation.id) : null);
  };
  const rename = async (named: string) => {
    await onRename(named);
    setDraft(null);
  };
  return (
    <li>
      <input
        type="checkbox"
        aria-label={t('history.choose', { title })}
        checked={chosen}
        onChange={onChoose}
      />
      {draft === null ? (
        <a href={format({ screen: 'contrast', id: last.id })}>
          <strong>{title}</strong>
          <span class="facts">
            <span class={`status ${last.status}`}>{t(`status.${last.status}`)}</span>
            <span>{moment(last.createdAt)}</span>
            {last.collection !== null && <span>{collectionTitle(last.collection)}</span>}
            <span>{last.model}</span>
          </span>
        </a>
      ) : (
        <form
          class="rename"
          onSubmit={(event) => {
            event.preventDefault();
            rename(draft.trim()).catch(onFail);
          }}
        >
          <input
            aria-label={t('history.title.of')}
            maxLength={200}
            placeholder={title}
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
      )}
      {contrasts > 1 && (
        <button
          type="button"
          class="plain questions"
          aria-expanded={lines !== null}
          onClick={() => {
            unfold().catch(onFail);
          }}
        >
          {t('history.questions', { n: number(contrasts) })}
          <Icon name="caret" />
        </button>
      )}
      <button
        type="button"
        class="plain"
        title={t('history.rename')}
        aria-label={t('history.rename.one', { title })}
        onClick={() => {
          setDraft(draft === null ? title : null);
        }}
      >
        <Icon name="pen" />
      </button>
      {contrasts === 1 && (
        <button
          type="button"
          class="plain"
          title={t('ask.export')}
          aria-label={t('history.export', { question: last.question })}
          onClick={() => {
            api.trace(last.id).then(exportTrace).catch(onFail);
          }}
        >
          <Icon name="download" />
        </button>
      )}
      <button
        type="button"
        class="plain"
        title={t('library.delete')}
        aria-label={t('history.delete', { question: title })}
        onClick={onDelete}
      >
        <Icon name="trash" />
      </button>
      {lines !== null && (
        <ContrastLines
          conversation={conversation.id}
          lines={lines}
          onFail={onFail}
          onDelete={async (line) => {
            if (await props.onDeleteContrast(line)) {
              setLines((before) => before?.filter(({ id }) => id !== line.id) ?? null);
            }
          }}
        />
      )}
    </li>
  );
}
