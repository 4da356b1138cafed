/** Saves a trace as a JSON file. */
import type { Trace } from '../api/types';
import { save } from '../browser/save';

export function exportTrace(trace: Trace): void {
  save(JSON.stringify(trace, null, 2), 'application/json', `kvasir-${trace.id}.json`);
}
