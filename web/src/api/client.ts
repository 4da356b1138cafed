/** Calls to Kvasir's API. Every failure is a {@link Problem} with words for the reader. */
import { askForKey, currentKey, withKey } from './key';
import type {
  Conversation,
  Correction,
  DocumentCollection,
  DocumentEntry,
  DocumentText,
  ExampleQuestion,
  Fit,
  Job,
  Limits,
  Memory,
  ModelStatus,
  Refresh,
  Search,
  SearchQuestion,
  Section,
  Summary,
  Trace,
  ValueKind,
} from './types';

/** A failed call: what happened and what to do, as the server said it. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Status of a call that never reached the server. */
export const UNREACHABLE = 0;

/** Turns a refused answer into a problem, with the server's words where it gave any. */
export async function problemOf(response: Response): Promise<Problem> {
  const text = await response.text();
  try {
    const body = JSON.parse(text) as { title?: string; detail?: string };
    return new Problem(
      response.status,
      body.detail ?? body.title ?? `${response.status} ${response.statusText}`,
    );
  } catch {
    return new Problem(response.status, `${response.status} ${response.statusText}`);
  }
}

/**
 * Sends a request, with the reader's key where the server asks for one. A network failure becomes a
 * problem of status {@link UNREACHABLE}.
 */
export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  const key = currentKey();
  let response: Response;
  try {
    response = await fetch(path, withKey(init, key));
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') {
      throw failure;
    }
    throw new Problem(UNREACHABLE, '');
  }
  if (response.status === 401) {
    if (key === currentKey()) {
      await askForKey();
    }
    return send(path, init);
  }
  if (!response.ok) {
    throw await problemOf(response);
  }
  return response;
}

/** What a call answers. */
export async function json<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await send(path, init);
  return (await response.json()) as T;
}

/** A request that carries a value. */
export function body(method: string, value: unknown): RequestInit {
  return {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  };
}

const named = encodeURIComponent;

export const models = () =>
  json<{ models: readonly ModelStatus[]; freeMemoryBytes: number }>('/api/models');

export const limits = () => json<Limits>('/api/limits');

export const changeModel = (name: string, action: 'pull' | 'load' | 'unload') =>
  json<ModelStatus>(`/api/models/${named(name)}/${action}`, { method: 'POST' });

export const collections = async () =>
  (await json<{ collections: readonly DocumentCollection[] }>('/api/collections')).collections;

/** Its name is made of its title. */
export const createCollection = (title: string, language: string, values: ValueKind) =>
  json<DocumentCollection>('/api/collections', body('POST', { title, language, values }));

export const setTitle = (name: string, title: string) =>
  send(`/api/collections/${named(name)}/title`, body('PUT', { title }));

export const deleteCollection = (name: string) =>
  send(`/api/collections/${named(name)}`, { method: 'DELETE' });

export const setExamples = (name: string, examples: readonly ExampleQuestion[]) =>
  send(`/api/collections/${named(name)}/examples`, body('PUT', examples));

export const memory = (collection: string) =>
  json<Memory>(`/api/collections/${named(collection)}/memory`);

export const keepMemory = (collection: string) =>
  json<Memory>(`/api/collections/${named(collection)}/memory`, { method: 'PUT' });

/** Has the default decoder read the passages of a collection ahead of any question. */
export const buildMemory = (collection: string) =>
  json<Job>(`/api/collections/${named(collection)}/memory`, body('POST', {}));

export const dropMemory = (collection: string) =>
  send(`/api/collections/${named(collection)}/memory`, { method: 'DELETE' });

export const documents = async (collection: string) =>
  (
    await json<{ documents: readonly DocumentEntry[] }>(
      `/api/collections/${named(collection)}/documents`,
    )
  ).documents;

export const sections = async (collection: string) =>
  (await json<{ sections: readonly Section[] }>(`/api/collections/${named(collection)}/sections`))
    .sections;

export const fitScope = (
  collection: string,
  scope: readonly string[],
  budget: number,
  signal: AbortSignal,
) => json<Fit>('/api/scope', { ...body('POST', { collection, scope, budget }), signal });

export const search = (question: SearchQuestion) =>
  json<Search>('/api/search', body('POST', question));

export function upload(collection: string, files: readonly File[]): Promise<Job> {
  const form = new FormData();
  for (const file of files) {
    // The header that a browser writes cannot tell a quote from "%22".
    form.append('name', file.name);
    form.append('file', file, file.name);
  }
  return json<Job>(`/api/collections/${named(collection)}/documents`, {
    method: 'POST',
    body: form,
  });
}

export const refreshCollection = (name: string) =>
  json<Refresh>(`/api/collections/${named(name)}/refresh`, { method: 'POST' });

export const encodeCollection = (name: string, encoder: string) =>
  json<Job>(`/api/collections/${named(name)}/encode`, body('POST', { encoder }));

/** Where the file of a document is. */
export const originalOf = (id: number) => `/api/documents/${id}/original`;

export const documentText = (id: number) => json<DocumentText>(`/api/documents/${id}`);

export const correctPassage = (
  document: number,
  change: { readonly passage: number } & ({ readonly text: string } | { readonly leftOut: true }),
) => json<Correction>(`/api/documents/${document}/corrections`, body('POST', change));

export const withdrawCorrection = (document: number, correction: number) =>
  send(`/api/documents/${document}/corrections/${correction}`, { method: 'DELETE' });

export const deleteDocument = (id: number) => send(`/api/documents/${id}`, { method: 'DELETE' });

export const jobs = async () => (await json<{ jobs: readonly Job[] }>('/api/jobs')).jobs;

export const job = (id: string) => json<Job>(`/api/jobs/${named(id)}`);

export const cancelJob = (id: string) => send(`/api/jobs/${named(id)}`, { method: 'DELETE' });

/** Conversations, the last asked first. */
export async function conversations(search: string, before: string | null, limit: number) {
  const query = new URLSearchParams({ limit: String(limit) });
  if (search !== '') {
    query.set('search', search);
  }
  if (before !== null) {
    query.set('before', before);
  }
  return (
    await json<{ conversations: readonly Conversation[] }>(`/api/conversations?${query.toString()}`)
  ).conversations;
}

/** The contrasts of a conversation, oldest first, also those that it branched off behind. */
export const contrastsOf = async (conversation: string) =>
  (await json<{ contrasts: readonly Summary[] }>(`/api/conversations/${named(conversation)}`))
    .contrasts;

export const renameConversation = (id: string, title: string) =>
  send(`/api/conversations/${named(id)}`, body('PUT', { title }));

export const deleteConversations = (ids: readonly string[]) =>
  json<{ contrasts: number }>('/api/conversations/delete', body('POST', { conversations: ids }));

/** Begins a conversation that goes on where another one was before a contrast; gives its id. */
export const branch = async (contrast: string) =>
  (
    await json<{ conversation: string }>(`/api/contrasts/${named(contrast)}/branch`, {
      method: 'POST',
    })
  ).conversation;

export const trace = (id: string) => json<Trace>(`/api/contrasts/${named(id)}`);

export const deleteContrast = (id: string) =>
  send(`/api/contrasts/${named(id)}`, { method: 'DELETE' });

export const cancelContrast = (id: string) =>
  send(`/api/contrasts/${named(id)}/cancel`, { method: 'POST' });
