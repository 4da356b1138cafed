/** Saves what came of an experiment: for another server, and for whoever reads it. */
import { experimentReport, experimentResults } from '../api/experiments';
import type { Experiment } from '../api/types';
import { save } from '../browser/save';

/** The results, as the file that another server takes. */
export async function downloadResults({ id }: Experiment): Promise<void> {
  const results = await experimentResults(id);
  save(JSON.stringify(results, null, 2), 'application/json', `kvasir-experiment-${id}.json`);
}

/** The report, as one page that needs nothing but itself. */
export async function downloadReport({ id }: Experiment): Promise<void> {
  save(await experimentReport(id), 'text/html', `kvasir-experiment-${id}.html`);
}
