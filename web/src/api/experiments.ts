/** Experiments: begun, watched, stopped, and what came of them. */
import { json, send } from './client';
import type { Experiment, ExperimentOrder, ExperimentResults } from './types';

/** A file of a dataset, and what it is called with its folders. */
export interface DatasetFile {
  readonly name: string;
  readonly file: File;
}

const of = (id: string) => `/api/experiments/${encodeURIComponent(id)}`;

export const experiments = async () =>
  (await json<{ experiments: readonly Experiment[] }>('/api/experiments')).experiments;

export const experiment = (id: string) => json<Experiment>(of(id));

/** Begins one over files, or over what its order names. */
export function createExperiment(
  order: ExperimentOrder,
  files: readonly DatasetFile[],
): Promise<Experiment> {
  if (files.length === 0) {
    return json<Experiment>('/api/experiments', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(order),
    });
  }
  const form = new FormData();
  form.append('order', JSON.stringify(order));
  for (const { name, file } of files) {
    form.append('name', name);
    form.append('file', file, file.name);
  }
  return json<Experiment>('/api/experiments', { method: 'POST', body: form });
}

/** Stops it; what is answered stays. */
export const cancelExperiment = (id: string) => send(`${of(id)}/cancel`, { method: 'POST' });

export const resumeExperiment = (id: string) => send(`${of(id)}/resume`, { method: 'POST' });

export const deleteExperiment = (id: string) => send(of(id), { method: 'DELETE' });

export const experimentResults = (id: string) => json<ExperimentResults>(`${of(id)}/results.json`);

/** The forms in which an experiment says what came of it by now. */
export const REPORTS = ['report.html', 'report.json', 'results.csv'] as const;

/** What an experiment says by now, as one file. */
export const experimentFile = async (id: string, name: (typeof REPORTS)[number]) =>
  (await send(`${of(id)}/${name}`)).text();

/** Adds what another server answered of the same experiment; how many results were new. */
export async function mergeResults(id: string, file: File): Promise<number> {
  const form = new FormData();
  form.append('file', file, file.name);
  const merged = await json<{ added: number }>(`${of(id)}/results`, { method: 'POST', body: form });
  return merged.added;
}

/** The means with their intervals, as the server wrote them: a table in Markdown. */
export const experimentTable = async (id: string) => (await send(`${of(id)}/report.txt`)).text();
