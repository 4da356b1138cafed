/** Evidence that is computed when somebody asks: attention of any head, and what mattered. */
import { body, json, send } from './client';
import { readEvents } from './events';
import type {
  AnswerPath,
  AnswerWithout,
  Attention,
  AttentionRequest,
  EvidenceEvent,
  NextTokens,
  PromptSentences,
  TokenStretch,
} from './types';

const of = (id: string) => `/api/contrasts/${encodeURIComponent(id)}`;

export async function attention(
  id: string,
  request: AttentionRequest,
  signal: AbortSignal,
): Promise<Attention> {
  const response = await send(`${of(id)}/attention`, { ...body('POST', request), signal });
  return (await response.json()) as Attention;
}

export const nextTokens = (id: string, path: AnswerPath) =>
  json<NextTokens>(`${of(id)}/next-tokens`, body('POST', { path }));

export const promptSentences = (id: string, path: AnswerPath) =>
  json<PromptSentences>(`${of(id)}/sentences`, body('POST', { path }));

/** Asks again with stretches of the prompt's passages left out. */
export const answerWithout = (id: string, path: AnswerPath, left: readonly TokenStretch[]) =>
  json<AnswerWithout>(`${of(id)}/without`, body('POST', { path, left }));

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
