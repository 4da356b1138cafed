/** The questions of one conversation, also those that it branched off behind. */
import * as api from '../api/client';
import type { Summary } from '../api/types';
import { exportTrace } from '../export/exportTrace';
import { moment, t } from '../i18n';
import { Icon } from '../shell/Icon';
import { format } from '../state/route';

interface Props {
  readonly conversation: string;
  readonly lines: readonly Summary[];
  readonly onDelete: (line: Summary) => Promise<void>;
  readonly onFail: (caught: unknown) => void;
}

export function ContrastLines({ conversation, lines, onDelete, onFail }: Props) {
  return (
    <ol class="contrast-lines">
      {lines.map((line) => {
        const own = line.conversation === conversation;
        return (
          <li key={line.id} class={own ? '' : 'inherited'}>
            <a href={format({ screen: 'contrast', id: line.id })}>
              {line.question}
              <span class="facts">
                {!own && <span>{t('history.inherited')}</span>}
                <span class={`status ${line.status}`}>{t(`status.${line.status}`)}</span>
                <span>{moment(line.createdAt)}</span>
                <span>{line.model}</span>
              </span>
            </a>
            <button
              type="button"
              class="plain"
              title={t('ask.export')}
              aria-label={t('history.export', { question: line.question })}
              onClick={() => {
                api.trace(line.id).then(exportTrace).catch(onFail);
              }}
            >
              <Icon name="download" />
            </button>
            {own && (
              <button
                type="button"
                class="plain"
                title={t('library.delete')}
                aria-label={t('history.delete', { question: line.question })}
                onClick={() => {
                  onDelete(line).catch(onFail);
                }}
              >
                <Icon name="trash" />
              </button>
            )}
          </li>
        );
      })}
    </ol>
  );
}
