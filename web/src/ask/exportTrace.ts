/** Saves a trace as a JSON file. */
import type { Trace } from '../api/types';

export function exportTrace(trace: Trace): void {
  const file = new Blob([JSON.stringify(trace, null, 2)], { type: 'application/json' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `kvasir-${trace.id}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
