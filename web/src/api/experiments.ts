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

/** What an experiment says by now, as one file. */
export const experimentReport = async (id: string) => (await send(`${of(id)}/report.html`)).text();

/** The means with their intervals, as the server wrote them: a table in Markdown. */
export const experimentTable = async (id: string) => (await send(`${of(id)}/report.txt`)).text();
