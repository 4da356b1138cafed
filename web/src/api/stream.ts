/** A contrast's events as they happen: the POST that starts one, and joining one that runs. */
import { send } from './client';
import { readEvents } from './events';
import type { ContrastEvent, ContrastRequest } from './types';

/** What a reader of a stream is told. */
export interface Listener {
  readonly onEvent: (event: ContrastEvent, index: number) => void;
}

/**
 * Starts a contrast and reports its events until the stream ends.
 *
 * @throws Problem when the server refuses before anything runs
 */
export async function start(
  request: ContrastRequest,
  listener: Listener,
  signal: AbortSignal,
): Promise<void> {
  const response = await send('/api/contrasts', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify(request),
    signal,
  });
  await read(response, listener);
}

/**
 * Joins a running contrast behind the event of the given index; -1 for all of its events.
 *
 * @throws Problem with status 404 when it ended too long ago: its trace is stored then
 */
export async function join(
  id: string,
  after: number,
  listener: Listener,
  signal: AbortSignal,
): Promise<void> {
  const headers: Record<string, string> = { accept: 'text/event-stream' };
  if (after >= 0) {
    headers['last-event-id'] = String(after);
  }
  const path = `/api/contrasts/${encodeURIComponent(id)}/events`;
  await read(await send(path, { headers, signal }), listener);
}

const read = (response: Response, { onEvent }: Listener): Promise<void> =>
  readEvents(response, (event, index) => {
    onEvent(event as ContrastEvent, index);
  });
