/** Evidence that is computed when somebody asks: attention of any head, and what mattered. */
import { body, send } from './client';
import { readEvents } from './events';
import type { AnswerPath, Attention, AttentionRequest, EvidenceEvent } from './types';

const of = (id: string) => `/api/contrasts/${encodeURIComponent(id)}`;

export async function attention(
  id: string,
  request: AttentionRequest,
  signal: AbortSignal,
): Promise<Attention> {
  const response = await send(`${of(id)}/attention`, { ...body('POST', request), signal });
  return (await response.json()) as Attention;
}

/** Tests which passages mattered; joins the test when it runs already. */
export async function testEvidence(
  id: string,
  path: AnswerPath,
  masks: number,
  onEvent: (event: EvidenceEvent) => void,
): Promise<void> {
  const response = await send(`${of(id)}/evidence`, body('POST', { path, masks }));
  await readEvents(response, (event) => {
    onEvent(event as EvidenceEvent);
  });
}

export const cancelEvidence = (id: string) => send(`${of(id)}/evidence/cancel`, { method: 'POST' });
