/** Takes a dataset: files, or the folder that they are in. */
import { useId } from 'preact/hooks';
import type { DatasetFile } from '../api/experiments';
import { bytes, t } from '../i18n';
import { Icon } from '../shell/Icon';
import { datasetFiles } from './datasetFiles';

/** What a browser offers to choose from. */
const ENDINGS = '.json,.jsonl,.csv,.tsv,.txt';
/** Files that are named one by one. */
const NAMED = 6;

interface Props {
  readonly files: readonly DatasetFile[];
  readonly onFiles: (files: readonly DatasetFile[]) => void;
}

export function DatasetPicker({ files, onFiles }: Props) {
  const about = useId();
  return (
    <>
      <div class="order-files">
        <Chooser text={t('library.drop.choose')} about={about} folder={false} onFiles={onFiles} />
        <Chooser
          text={t('experiments.files.folder')}
          about={about}
          folder={true}
          onFiles={onFiles}
        />
        <ul aria-live="polite" aria-label={t('experiments.files.chosen')}>
          {files.slice(0, NAMED).map(({ name, file }) => (
            <li key={name}>
              <Icon name="file" />
              {name} <span class="quiet">{bytes(file.size)}</span>
            </li>
          ))}
          {files.length > NAMED && (
            <li class="quiet">{t('ask.scope.more', { n: files.length - NAMED })}</li>
          )}
        </ul>
      </div>
      <p class="quiet" id={about}>
        {t('experiments.files.about')}
      </p>
    </>
  );
}

interface ChooserProps {
  readonly text: string;
  /** Where it is said what can be chosen. */
  readonly about: string;
  readonly folder: boolean;
  readonly onFiles: (files: readonly DatasetFile[]) => void;
}

function Chooser({ text, about, folder, onFiles }: ChooserProps) {
  return (
    <label class="button chooser">
      <Icon name="upload" />
      {text}
      <input
        class="unseen"
        type="file"
        multiple
        aria-describedby={about}
        {...(folder ? { webkitdirectory: true } : { accept: ENDINGS })}
        onChange={(event) => {
          onFiles(datasetFiles([...(event.currentTarget.files ?? [])]));
          event.currentTarget.value = '';
        }}
      />
    </label>
  );
}
