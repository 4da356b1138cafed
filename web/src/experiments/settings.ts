/** The settings of rows: those that tell one from another, and those in which all agree. */
import type { ExperimentRow } from '../api/types';

const agreed = (rows: readonly ExperimentRow[]) => {
  const [first, ...others] = rows;
  return Object.entries(first?.settings ?? {}).filter(([name, value]) =>
    others.every(({ settings }) => settings[name] === value),
  );
};

/** What all rows are set to. */
export const sharedSettings = (rows: readonly ExperimentRow[]): readonly string[] =>
  agreed(rows).map(([name, value]) => `${name} ${value}`);

/** The same rows with nothing but the settings that tell them apart. */
export function toldApart(rows: readonly ExperimentRow[]): readonly ExperimentRow[] {
  const shared = new Set(agreed(rows).map(([name]) => name));
  return rows.map((row) => ({
    ...row,
    settings: Object.fromEntries(
      Object.entries(row.settings).filter(([name]) => !shared.has(name)),
    ),
  }));
}
