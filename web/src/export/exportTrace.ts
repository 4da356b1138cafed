/** Saves what is recorded of a contrast as a JSON file; of two that stand side by side, as a list. */
import type { Trace } from '../api/types';
import { save } from '../browser/save';
import { pathOf } from '../paths/laneNames';

export function exportTrace(trace: Trace, beside: Trace | null = null): void {
  const saved = beside === null ? trace : [trace, asStored(beside)];
  save(JSON.stringify(saved, null, 2), 'application/json', `kvasir-${trace.id}.json`);
}

/** A trace whose lanes are called as the server calls them. */
export const asStored = (trace: Trace): Trace => ({
  ...trace,
  paths: trace.paths.map((path) => ({ ...path, path: pathOf(path.path) })),
});
