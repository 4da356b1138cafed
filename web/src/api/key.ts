/** The key that a server open to a network asks for: asked of the reader once, kept for the tab. */
import { signal } from '@preact/signals';

const PLACE = 'kvasir.key';

/** Whether a text can be sent as a key: headers carry visible ASCII. */
function canBeKey(text: string): boolean {
  return /^[!-~]+$/.test(text);
}

function kept(): string | null {
  try {
    const key = sessionStorage.getItem(PLACE);
    return key !== null && canBeKey(key) ? key : null;
  } catch {
    // A browser that keeps nothing asks again after a reload.
    return null;
  }
}

let known = kept();
let waiting: ((key: string) => void)[] = [];

/** Whether the reader is asked for a key, and why: none was sent, or the one sent is not known. */
export const keyWanted = signal<'missing' | 'unknown' | null>(null);

/** A request with a key added, if there is one. */
export function withKey(request: RequestInit, key: string | null): RequestInit {
  if (key === null) {
    return request;
  }
  const headers = new Headers(request.headers);
  headers.set('authorization', `Bearer ${key}`);
  return { ...request, headers };
}

/** The key that a request is sent with now; null for none. */
export function currentKey(): string | null {
  return known;
}

/** Asks the reader; resolves once a key was given. Requests that wait at the same time share it. */
export function askForKey(): Promise<string> {
  keyWanted.value ??= known === null ? 'missing' : 'unknown';
  return new Promise((resolve) => waiting.push(resolve));
}

/** Takes the reader's key, for this tab only; asks again for what cannot be one. */
export function giveKey(key: string): void {
  if (!canBeKey(key)) {
    keyWanted.value = 'unknown';
    return;
  }
  known = key;
  try {
    sessionStorage.setItem(PLACE, key);
  } catch {
    // As above.
  }
  keyWanted.value = null;
  const served = waiting;
  waiting = [];
  served.forEach((resolve) => {
    resolve(key);
  });
}
