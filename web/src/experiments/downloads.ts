/** Saves what came of an experiment: for another server, and for whoever reads it. */
import { experimentFile, experimentResults, type REPORTS } from '../api/experiments';
import type { Experiment } from '../api/types';
import { save } from '../browser/save';

/** The results, as the file that another server takes. */
export async function downloadResults({ id }: Experiment): Promise<void> {
  const results = await experimentResults(id);
  save(JSON.stringify(results, null, 2), 'application/json', `kvasir-experiment-${id}.json`);
}

const TYPES = {
  'report.html': 'text/html',
  'report.json': 'application/json',
  'results.csv': 'text/csv',
} as const;

/** One of its reports. */
export async function downloadReport(
  { id }: Experiment,
  name: (typeof REPORTS)[number],
): Promise<void> {
  save(await experimentFile(id, name), TYPES[name], `kvasir-experiment-${id}-${name}`);
}
