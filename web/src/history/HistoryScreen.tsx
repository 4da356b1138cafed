/** Everything that was asked, as conversations: search, reopen, name, export, delete. */
import { useEffect, useState } from 'preact/hooks';
import * as api from '../api/client';
import type { Conversation, Summary } from '../api/types';
import { wordsFor } from '../api/words';
import { number, t } from '../i18n';
import { confirmDelete } from '../shell/ConfirmDialog';
import { Failure } from '../shell/Failure';
import { Icon } from '../shell/Icon';
import { leave } from '../state/run';
import { view } from '../state/shown';
import { ConversationLine } from './ConversationLine';

/** Lines fetched at a time. */
const PAGE = 40;
/** How long the reader must stop typing before a search is sent, in milliseconds. */
const SEARCH_AFTER = 200;
const NONE: ReadonlySet<string> = new Set();

export function HistoryScreen() {
  const [search, setSearch] = useState('');
  const [lines, setLines] = useState<readonly Conversation[] | null>(null);
  const [chosen, setChosen] = useState(NONE);
  const [more, setMore] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const fail = (caught: unknown) => {
    setProblem(wordsFor(caught));
  };
  const read = async (before: string | null) => {
    const found = await api.conversations(search.trim(), before, PAGE);
    setMore(found.length === PAGE);
    return found;
  };
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(() => {
      api
        .conversations(search.trim(), null, PAGE)
        .then((found) => {
          if (wanted) {
            setLines(found);
            setChosen(
              (before) => new Set(found.map(({ id }) => id).filter((id) => before.has(id))),
            );
            setMore(found.length === PAGE);
          }
        })
        .catch((caught: unknown) => {
          setProblem(wordsFor(caught));
        });
    }, SEARCH_AFTER);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [search]);
  const older = async () => {
    const last = lines?.at(-1);
    if (lines !== null && last !== undefined) {
      setLines([...lines, ...(await read(last.askedAt))]);
    }
  };
  const remove = async (ids: readonly string[]) => {
    const sure =
      ids.length === 1
        ? t('history.delete.conversation.sure')
        : t('history.delete.chosen.sure', { n: number(ids.length) });
    if (!(await confirmDelete(sure))) {
      return;
    }
    await api.deleteConversations(ids);
    if (view.value !== null && ids.includes(view.value.trace.conversation)) {
      leave();
    }
    setChosen(NONE);
    setLines(await read(null));
  };
  const removeContrast = async (line: Summary): Promise<boolean> => {
    if (!(await confirmDelete(t('history.delete.sure')))) {
      return false;
    }
    await api.deleteContrast(line.id);
    if (view.value?.trace.id === line.id || view.value?.beside?.id === line.id) {
      leave();
    }
    setLines(await read(null));
    return true;
  };
  const rename = async (conversation: Conversation, title: string) => {
    await api.renameConversation(conversation.id, title);
    setLines(await read(null));
  };
  const toggle = (id: string) => {
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) {
        next.add(id);
      }
      return next;
    });
  };
  return (
    <div class="page history">
      <div class="page-head">
        <h1>{t('history.title')}</h1>
        {chosen.size > 0 && (
          <button
            type="button"
            class="danger"
            onClick={() => {
              remove([...chosen]).catch(fail);
            }}
          >
            {t('history.delete.chosen', { n: number(chosen.size) })}
          </button>
        )}
        <label class="search">
          <Icon name="search" />
          <span class="unseen">{t('history.search')}</span>
          <input
            type="search"
            placeholder={t('history.search')}
            value={search}
            onInput={(event) => {
              setSearch(event.currentTarget.value);
            }}
          />
        </label>
      </div>
      {problem !== null && (
        <Failure
          text={problem}
          onClose={() => {
            setProblem(null);
          }}
        />
      )}
      {lines?.length === 0 && (
        <p class="void">{search === '' ? t('history.none') : t('history.none.found')}</p>
      )}
      <ul class="history-list">
        {lines?.map((conversation) => (
          <ConversationLine
            key={conversation.id}
            conversation={conversation}
            chosen={chosen.has(conversation.id)}
            onChoose={() => {
              toggle(conversation.id);
            }}
            onRename={(title) => rename(conversation, title)}
            onDelete={() => {
              remove([conversation.id]).catch(fail);
            }}
            onDeleteContrast={removeContrast}
            onFail={fail}
          />
        ))}
      </ul>
      {more && (
        <button
          type="button"
          class="wide"
          onClick={() => {
            older().catch(fail);
          }}
        >
          {t('history.more')}
        </button>
      )}
    </div>
  );
}
