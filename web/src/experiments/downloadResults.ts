/** Saves an experiment's results as the file that another server takes. */
import { experimentResults } from '../api/experiments';
import type { Experiment } from '../api/types';
import { save } from '../browser/save';

export async function downloadResults({ id }: Experiment): Promise<void> {
  const results = await experimentResults(id);
  save(JSON.stringify(results, null, 2), 'application/json', `kvasir-experiment-${id}.json`);
}
