/** Takes files, dropped or chosen. */
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { t } from '../i18n';
import { Icon } from '../shell/Icon';

const TYPES =
  '.txt,.md,.markdown,.html,.htm,.pdf,text/plain,text/markdown,text/html,application/pdf';

interface Props {
  readonly name: string;
  readonly onFiles: (files: readonly File[]) => void;
  readonly children?: ComponentChildren;
}

export function DropZone({ name, onFiles }: Props) {
  const [over, setOver] = useState(false);
  const input = useId();
  return (
    <div
      class={over ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <Icon name="upload" />
      <p>
        {t('library.drop')}{' '}
        <label class="link" for={input}>
          {t('library.drop.choose')}
        </label>
        <input
          id={input}
          class="unseen"
          type="file"
          multiple
          accept={TYPES}
          aria-label={t('library.drop.into', { name })}
          onChange={(event) => {
            onFiles([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
      </p>
      <p class="quiet">{t('library.drop.types')}</p>
    </div>
  );
}
