/** Evidence that is computed when somebody asks: attention of any head, and what mattered. */
import { createParser } from 'eventsource-parser';
import { send } from './client';
import type { AnswerPath, PromptPart } from './types';

/** Which attention is asked for; without tokens, that of the whole answer. */
export interface AttentionRequest {
  readonly path: AnswerPath;
  readonly tokens?: readonly number[];
  readonly heads?: 'watched' | 'all' | 'best';
  readonly layer?: number;
  readonly head?: number;
  readonly positions?: boolean;
}

/** One number for each part of the prompt, and for the answer. */
export type PerPart = readonly number[];

export interface HeadStep {
  readonly layer: number;
  readonly head: number;
  readonly token: number;
  readonly query: { readonly first: readonly number[]; readonly norm: number };
  readonly parts: readonly {
    readonly score: number;
    readonly mass: number;
    readonly value: number;
  }[];
}

export interface Attention {
  readonly path: AnswerPath;
  readonly tokens: readonly number[];
  readonly selected: readonly (readonly [number, number])[];
  readonly parts: readonly PromptPart[];
  readonly mass: PerPart;
  readonly lift: PerPart;
  readonly share: PerPart;
  readonly score: PerPart;
  readonly layers: number;
  readonly heads: number;
  readonly headMass: readonly (readonly PerPart[])[];
  readonly headScore: readonly (readonly PerPart[])[];
  readonly positions: {
    readonly pieces: readonly string[];
    readonly attention: readonly (readonly number[])[];
  } | null;
  readonly step: HeadStep | null;
}

/** Where an answer's token has its probability from. */
export type KnowledgeOrigin = 'documents' | 'known' | 'neither';

export interface TokenEvidence {
  readonly logprob: number;
  readonly without: number;
  readonly origin: KnowledgeOrigin;
}

export interface PassageEvidence {
  readonly id: number;
  readonly position: number;
  readonly delta: number;
  readonly tokenDeltas: readonly number[];
  readonly attribution: number | null;
  readonly mass: number;
  readonly share: number;
  readonly lift: number;
  readonly calibrated: number;
  readonly bestHeads: number | null;
}

/** What leaving passages out did to the answer's probability. */
export interface Evidence {
  readonly version: number;
  readonly computedAt: string;
  readonly ms: number;
  readonly masks: number;
  readonly logprob: number;
  readonly withoutDocuments: number;
  readonly tokens: readonly TokenEvidence[];
  readonly origins: Readonly<Record<KnowledgeOrigin, number>>;
  readonly passages: readonly PassageEvidence[];
}

export type EvidenceEvent =
  | {
      readonly type: 'started';
      readonly readings: number;
      readonly tokens: number;
      readonly estimateMs: number | null;
    }
  | {
      readonly type: 'progress';
      readonly done: number;
      readonly total: number;
      readonly elapsedMs: number;
      readonly remainingMs: number | null;
    }
  | { readonly type: 'evidence'; readonly path: AnswerPath; readonly evidence: Evidence }
  | {
      readonly type: 'ended';
      readonly status: 'complete' | 'cancelled' | 'failed';
      readonly problem: string | null;
    };

const of = (id: string) => `/api/contrasts/${encodeURIComponent(id)}`;

const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

export async function attention(
  id: string,
  request: AttentionRequest,
  signal: AbortSignal,
): Promise<Attention> {
  const response = await send(`${of(id)}/attention`, { ...json(request), signal });
  return (await response.json()) as Attention;
}

/** Tests which passages mattered; joins the test when it runs already. */
export async function testEvidence(
  id: string,
  path: AnswerPath,
  masks: number,
  onEvent: (event: EvidenceEvent) => void,
): Promise<void> {
  const response = await send(`${of(id)}/evidence`, json({ path, masks }));
  if (response.body === null) {
    return;
  }
  const parser = createParser({
    onEvent: (message) => {
      onEvent(JSON.parse(message.data) as EvidenceEvent);
    },
  });
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    parser.feed(decoder.decode(chunk.value, { stream: true }));
  }
}

export const cancelEvidence = (id: string) => send(`${of(id)}/evidence/cancel`, { method: 'POST' });
