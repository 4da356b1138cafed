/** Files on their way into collections, and collections that are encoded anew. */
import { signal } from '@preact/signals';
import * as api from '../api/client';
import type { Job } from '../api/types';
import { refreshCollections } from './catalogue';

/** How often a running job is asked after, in milliseconds. */
const POLL_MS = 600;
/** Failed polls in a row after which a job is given up: some two minutes. */
const PATIENCE = 200;

export const jobs = signal<readonly Job[]>([]);
/** How many uploads are being sent to the server. */
export const sending = signal(0);
/** Changes whenever a collection's documents may have. */
export const libraryVersion = signal(0);

const followed = new Set<string>();

/** Reads the server's last jobs and follows those that run. */
export async function refreshJobs(): Promise<void> {
  const found = await api.jobs();
  jobs.value = found;
  for (const job of found) {
    if (!job.finished) {
      void follow(job.id);
    }
  }
}

/** Sends files into a collection, which is created if there is none of that name. */
export async function upload(collection: string, files: readonly File[]): Promise<void> {
  if (files.length === 0) {
    return;
  }
  sending.value++;
  try {
    const job = await api.upload(collection, files);
    put(job);
    void follow(job.id);
  } finally {
    sending.value--;
  }
}

/** Has read again what an older reader read, as far as its files are kept. */
export async function refresh(collection: string): Promise<void> {
  const { job } = await api.refreshCollection(collection);
  if (job !== null) {
    put(job);
    void follow(job.id);
  }
}

/** Has a collection encoded with another encoder, which answers once it has every passage. */
export async function encode(collection: string, encoder: string): Promise<void> {
  const job = await api.encodeCollection(collection, encoder);
  put(job);
  void follow(job.id);
}

/** Stops a job; files already stored stay. */
export async function cancel(id: string): Promise<void> {
  await api.cancelJob(id);
}

async function follow(id: string): Promise<void> {
  if (followed.has(id)) {
    return;
  }
  followed.add(id);
  let failures = 0;
  while (failures < PATIENCE) {
    try {
      const job = await api.job(id);
      failures = 0;
      put(job);
      if (job.finished) {
        break;
      }
    } catch {
      failures++;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  followed.delete(id);
  libraryVersion.value++;
  await refreshCollections();
}

function put(job: Job): void {
  const others = jobs.value.filter(({ id }) => id !== job.id);
  jobs.value = [job, ...others].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
}
