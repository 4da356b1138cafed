/** Everything that was asked: search, reopen, export, delete. */
import { useEffect, useState } from 'preact/hooks';
import * as api from '../api/client';
import type { Summary } from '../api/types';
import { wordsFor } from '../api/words';
import { exportTrace } from '../export/exportTrace';
import { moment, t } from '../i18n';
import { confirmDelete } from '../shell/ConfirmDialog';
import { Failure } from '../shell/Failure';
import { Icon } from '../shell/Icon';
import { format } from '../state/route';
import { leave, view } from '../state/run';

/** Lines fetched at a time. */
const PAGE = 40;
/** How long the reader must stop typing before a search is sent, in milliseconds. */
const SEARCH_AFTER = 200;

export function HistoryScreen() {
  const [search, setSearch] = useState('');
  const [lines, setLines] = useState<readonly Summary[] | null>(null);
  const [more, setMore] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const fail = (caught: unknown) => {
    setProblem(wordsFor(caught));
  };
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(() => {
      api
        .history(search.trim(), null, PAGE)
        .then((found) => {
          if (wanted) {
            setLines(found);
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
      const found = await api.history(search.trim(), last.createdAt, PAGE);
      setLines([...lines, ...found]);
      setMore(found.length === PAGE);
    }
  };
  const remove = async (line: Summary) => {
    if (await confirmDelete(t('history.delete.sure'))) {
      await api.deleteContrast(line.id);
      if (view.value?.trace.id === line.id) {
        leave();
      }
      setLines((before) => before?.filter(({ id }) => id !== line.id) ?? null);
    }
  };
  return (
    <div class="page history">
      <div class="page-head">
        <h1>{t('history.title')}</h1>
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
        {lines?.map((line) => (
          <HistoryLine
            key={line.id}
            line={line}
            onDelete={() => {
              remove(line).catch(fail);
            }}
            onExport={() => {
              api.trace(line.id).then(exportTrace).catch(fail);
            }}
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

interface LineProps {
  readonly line: Summary;
  readonly onDelete: () => void;
  readonly onExport: () => void;
}

function HistoryLine({ line, onDelete, onExport }: LineProps) {
  const { question } = line;
  return (
    <li>
      <a href={format({ screen: 'contrast', id: line.id })}>
        <strong>{question}</strong>
        <span class="facts">
          <span class={`status ${line.status}`}>{t(`status.${line.status}`)}</span>
          <span>{moment(line.createdAt)}</span>
          {line.collection !== null && <span>{line.collection}</span>}
          <span>{line.model}</span>
        </span>
      </a>
      <button
        type="button"
        class="plain"
        title={t('ask.export')}
        aria-label={t('history.export', { question })}
        onClick={onExport}
      >
        <Icon name="download" />
      </button>
      <button
        type="button"
        class="plain"
        title={t('library.delete')}
        aria-label={t('history.delete', { question })}
        onClick={onDelete}
      >
        <Icon name="trash" />
      </button>
    </li>
  );
}
