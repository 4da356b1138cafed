/** The numbers behind a drawing, folded away until somebody wants them. */
import type { ComponentChildren } from 'preact';
import { t } from '../i18n';
import { Explained } from './Explained';

/** One line: what it is about, and its figures in the order of the columns. */
export interface NumbersRow {
  readonly name: ComponentChildren;
  /** What the name stands for, where it is only a mark. */
  readonly about?: string | undefined;
  readonly figures: readonly string[];
}

interface Props {
  readonly caption: string;
  /** What is scrolled, for screen readers; else it is called numbers. */
  readonly label?: string;
  /** Head of the names. */
  readonly first: string;
  readonly columns: readonly { readonly name: string; readonly about?: string }[];
  readonly rows: readonly NumbersRow[];
}

export function NumbersTable({ caption, label, first, columns, rows }: Props) {
  return (
    <details class="numbers">
      <summary>{t('bars.table')}</summary>
      <div class="scroll" tabIndex={0} role="group" aria-label={label ?? t('bars.table')}>
        <table>
          <caption class="unseen">{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{first}</th>
              {columns.map(({ name, about }) => (
                <th key={name} scope="col" class="figure">
                  {about === undefined ? (
                    name
                  ) : (
                    <Explained name={name} about={about}>
                      {name}
                    </Explained>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, about, figures }, index) => (
              <tr key={index}>
                <th scope="row">
                  {name} {about}
                </th>
                {figures.map((figure, column) => (
                  <td key={column} class="figure">
                    {figure}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
