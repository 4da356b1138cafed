/** What was asked and answered before in the conversation of the contrast that is shown. */
import { signal } from '@preact/signals';
import * as api from '../api/client';
import type { Trace } from '../api/types';

/** How many earlier contrasts of a conversation are shown. */
export const EARLIER_TURNS = 8;

/** The contrasts that came before in the same conversation, oldest first. */
export const earlier = signal<readonly Trace[]>([]);

/** Shows the turns before; one that was deleted meanwhile is not missed. */
export async function showEarlier(trace: Trace, signal: AbortSignal): Promise<void> {
  if (trace.conversation === trace.id) {
    return;
  }
  const lines = await api.contrastsOf(trace.conversation).catch(() => []);
  const ids = lines
    .filter((line) => line.createdAt < trace.createdAt)
    .slice(-EARLIER_TURNS)
    .map((line) => line.id);
  const turns = await Promise.allSettled(ids.map((id) => api.trace(id)));
  if (!signal.aborted) {
    earlier.value = turns.flatMap((turn) => (turn.status === 'fulfilled' ? [turn.value] : []));
  }
}
