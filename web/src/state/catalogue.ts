/** What the server has: collections with their sections, and decoders. */
import { computed, signal } from '@preact/signals';
import * as api from '../api/client';
import type { DocumentCollection, Limits, ModelStatus, Section } from '../api/types';

export const collections = signal<readonly DocumentCollection[]>([]);
export const models = signal<readonly ModelStatus[]>([]);
/** Whether the server has said what it has: until then, what is not listed may be there. */
export const collectionsKnown = signal(false);
/** Memory that is free on the server's machine; null until it has told it. */
export const freeMemory = signal<number | null>(null);
export const modelsKnown = signal(false);
export const sections = signal<Readonly<Record<string, readonly Section[]>>>({});
/** The server's limits; null until it has told them. */
const told = signal<Limits | null>(null);

/** What a question may ask for. */
type QuestionLimits = Pick<
  Limits,
  'questionCharacters' | 'style' | 'maxTokens' | 'passages' | 'budget'
>;

/** Kvasir's own defaults. */
const USUAL: QuestionLimits = {
  questionCharacters: 4000,
  style: 'answer',
  maxTokens: { standard: 128, most: 1024 },
  passages: { standard: 4, most: 20 },
  budget: { standard: 2048, most: 8192 },
};

/** What a question may ask for, as is usual until the server has told its limits. */
export const limits = computed<QuestionLimits>(() => told.value ?? USUAL);

/** The sorts of files that the server reads; none until it has told them. */
export const documentFormats = computed(() => told.value?.documentFormats ?? []);
/** What passages can be encoded with; nothing until the server has told it. */
export const encoders = computed(() => told.value?.encoders ?? []);
/** Why the server's lists could not be read; null when they could. */
export const trouble = signal<string | null>(null);

export const defaultModel = computed(
  () => models.value.find((model) => model.isDefault) ?? models.value[0] ?? null,
);

/** How long the page waits for what the server has before it shows itself without, in milliseconds. */
const PATIENCE = 3_000;

/** Whether the page need not wait any more: drawn before, it would change its shape under the eyes. */
export const settled = signal(false);

/** Asks for everything the page begins with. */
export async function openCatalogue(): Promise<void> {
  const asked = Promise.all([refreshCollections(), refreshModels(), refreshLimits()]);
  await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  settled.value = true;
}

export async function refreshCollections(): Promise<void> {
  await report(async () => {
    collections.value = await api.collections();
    collectionsKnown.value = true;
  });
}

export async function refreshModels(): Promise<void> {
  await report(async () => {
    const listed = await api.models();
    models.value = listed.models;
    freeMemory.value = listed.freeMemoryBytes;
    modelsKnown.value = true;
  });
}

export async function refreshLimits(): Promise<void> {
  await report(async () => {
    told.value = await api.limits();
  });
}

/** The most numbers of single positions that the server gives at once. */
export async function attentionNumbers(): Promise<number> {
  const known = told.value ?? (await api.limits());
  told.value = known;
  return known.attentionNumbers;
}

/** Reads a collection's sections, once unless `again`. */
export async function loadSections(collection: string, again = false): Promise<void> {
  if (!again && sections.value[collection] !== undefined) {
    return;
  }
  await report(async () => {
    const found = await api.sections(collection);
    sections.value = { ...sections.value, [collection]: found };
  });
}

/** What people call a collection; its name where it is not there. */
export function collectionTitle(name: string): string {
  return collections.value.find((found) => found.name === name)?.title ?? name;
}

/** Whether a decoder speaks a language. */
export function speaks(model: ModelStatus, language: string): boolean {
  const base = language.split('-')[0];
  return model.languages.some((spoken) => spoken.split('-')[0] === base);
}

/** How many steps a decoder is from answering. */
export function stepsTo({ state }: ModelStatus): number {
  return state === 'loaded' ? 0 : state === 'installed' ? 1 : 2;
}

/** Those decoders that do, loaded ones first. */
export function speakersOf(language: string): readonly ModelStatus[] {
  return models.value
    .filter((model) => speaks(model, language))
    .sort((a, b) => stepsTo(a) - stepsTo(b));
}

async function report(read: () => Promise<void>): Promise<void> {
  try {
    await read();
    trouble.value = null;
  } catch (failure) {
    trouble.value = failure instanceof Error ? failure.message : String(failure);
  }
}
