/** Takes files, dropped or chosen. */
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { DocumentFormat } from '../api/types';
import { isKey, t } from '../i18n';
import { Icon } from '../shell/Icon';
import { documentFormats } from '../state/catalogue';

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
          accept={accepted(documentFormats.value)}
          aria-label={t('library.drop.into', { name })}
          onChange={(event) => {
            onFiles([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
      </p>
      <p class="quiet">{documentFormats.value.map(nameOf).join(t('list.and'))}</p>
    </div>
  );
}

/** What a browser offers to choose from. */
function accepted(formats: readonly DocumentFormat[]): string {
  const extensions = formats.flatMap((format) => format.extensions.map((one) => `.${one}`));
  return [...extensions, ...formats.map(({ mediaType }) => mediaType)].join(',');
}

/** A format as people call it, else by the extension of its files. */
function nameOf({ mediaType, extensions }: DocumentFormat): string {
  const key = `format.${mediaType}`;
  return isKey(key) ? t(key) : (extensions[0] ?? mediaType).toUpperCase();
}
