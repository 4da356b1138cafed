/** A contrast's events as they happen: the POST that starts one, and joining one that runs. */
import { createParser } from 'eventsource-parser';
import { send } from './client';
import type { ContrastEvent, ContrastRequest } from './types';

/** What a reader of a stream is told. */
export interface Listener {
  onEvent(event: ContrastEvent, index: number): void;
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

async function read(response: Response, listener: Listener): Promise<void> {
  if (response.body === null) {
    return;
  }
  const parser = createParser({
    onEvent: (message) => {
      listener.onEvent(JSON.parse(message.data) as ContrastEvent, Number(message.id ?? -1));
    },
  });
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    parser.feed(decoder.decode(value, { stream: true }));
  }
}
