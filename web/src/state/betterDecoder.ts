/** Where a contrast's decoder fell short: which one would do better, and having it by one click. */
import { signal } from '@preact/signals';
import * as api from '../api/client';
import type { ModelStatus, Trace } from '../api/types';
import { wordsFor } from '../api/words';
import { collections, models, refreshModels, speaks, stepsTo } from './catalogue';
import { chosenModel } from './draft';
import { isCut } from './laneStatus';

/** How often it is looked how far a step is, in milliseconds. */
const POLL_MS = 700;

const CHINESE = 'zh';

export interface Better {
  /** Whether the language is beyond the decoder that answered, or an answer was cut. */
  readonly why: 'language' | 'cut';
  readonly answered: ModelStatus;
  readonly model: ModelStatus;
}

/** The decoder being had, by its name; null for none. */
export const taking = signal<string | null>(null);
/** Why the last one could not be had; null if it could. */
export const refused = signal<string | null>(null);

/** What would have answered better; null where nothing fell short, or nothing better is known. */
export function betterFor({ question, collection, model, paths, status }: Trace): Better | null {
  const answered = models.value.find(({ name }) => name === model.name);
  if (answered === undefined || status === 'running') {
    return null;
  }
  const library = collections.value.find(({ name }) => name === collection)?.language ?? '';
  const chinese = /\p{Script=Han}/u.test(question) || library.startsWith(CHINESE);
  if (chinese && !speaks(answered, CHINESE)) {
    const [found] = nearest(models.value.filter((other) => speaks(other, CHINESE)));
    return found === undefined ? null : { why: 'language', answered, model: found };
  }
  if (!paths.some(isCut)) {
    return null;
  }
  const [found] = nearest(
    models.value.filter(
      (other) =>
        other.bytes > answered.bytes &&
        [...answered.languages, ...(chinese ? [CHINESE] : [])].every((one) => speaks(other, one)),
    ),
  );
  return found === undefined ? null : { why: 'cut', answered, model: found };
}

/** Loaded ones first, then what is on disk, then the smallest. */
function nearest(candidates: readonly ModelStatus[]): readonly ModelStatus[] {
  return [...candidates].sort((a, b) => stepsTo(a) - stepsTo(b) || a.bytes - b.bytes);
}

/** Fetches and loads a decoder, as far as it is not, and asks the next question of it. */
export async function take(model: ModelStatus): Promise<void> {
  taking.value = model.name;
  refused.value = null;
  try {
    if (model.state === 'available' || model.state === 'failed') {
      await step(model.name, 'pull');
    }
    await step(model.name, 'load');
    chosenModel.value = model.name;
  } catch (failure) {
    refused.value = wordsFor(failure);
  } finally {
    taking.value = null;
    await refreshModels();
  }
}

async function step(name: string, action: 'pull' | 'load'): Promise<void> {
  let status: ModelStatus | undefined = await api.changeModel(name, action);
  while (status?.state === 'pulling' || status?.state === 'loading') {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    await refreshModels();
    status = models.value.find((other) => other.name === name);
  }
  if (status === undefined || status.state === 'failed') {
    throw new Error(status?.message ?? name);
  }
}
