/** A row of an experiment: its path, and the settings that tell it from the others. */
import { Fragment } from 'preact';
import type { ExperimentRow } from '../api/types';
import { isKey, t } from '../i18n';

/** A path's name in the reader's language, else as the server calls it. */
export function pathName(path: string): string {
  const key = `path.${path}`;
  return isKey(key) ? t(key) : path;
}

const settingsOf = ({ settings }: ExperimentRow): readonly string[] =>
  Object.entries(settings).map(([name, value]) => `${name} ${value}`);

/** A row's name as text alone. */
export const rowText = (row: ExperimentRow): string =>
  [pathName(row.path), ...settingsOf(row)].join(' · ');

export function RowName({ row }: { readonly row: ExperimentRow }) {
  return (
    <span class="row-name">
      {pathName(row.path)}
      {settingsOf(row).map((setting) => (
        <Fragment key={setting}>
          {' '}
          <small>{setting}</small>
        </Fragment>
      ))}
    </span>
  );
}
