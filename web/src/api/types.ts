/** The shapes of Kvasir's API, as its OpenAPI contract has them. */

import type { Evidence } from './evidence';

export const PATHS = ['closed-book', 'rag', 'attention'] as const;
export type AnswerPath = (typeof PATHS)[number];

export type PartKind = 'sink' | 'template' | 'instruction' | 'question' | 'passage' | 'answer';

export interface PromptPart {
  readonly kind: PartKind;
  readonly tokens: number;
  readonly passageId: number | null;
}

export interface PromptTrace {
  readonly tokens: number;
  readonly cachedTokens: number;
  readonly budget: number;
  readonly text: string;
  readonly ids: readonly number[];
  readonly parts: readonly PromptPart[];
  readonly left: number;
}

export interface Retrieved {
  readonly rank: number;
  readonly score: number;
  readonly dense: number | null;
  readonly lexical: number | null;
}

export interface PassageTrace {
  readonly id: number;
  readonly documentId: number;
  readonly document: string;
  readonly title: string;
  readonly heading: string;
  readonly page: number | null;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly retrieved: Retrieved | null;
  readonly used: boolean;
  readonly inPrompt: { readonly position: number; readonly tokens: number } | null;
  readonly attended: { readonly mass: number; readonly lift: number } | null;
}

export interface TokenTrace {
  readonly id: number;
  readonly text: string;
  readonly logprob: number;
  readonly ms: number;
  readonly mass: readonly number[];
}

export interface Timings {
  readonly queueMs: number | null;
  readonly retrievalMs: number | null;
  readonly prefillMs: number | null;
  readonly firstTokenMs: number | null;
  readonly totalMs: number | null;
}

/** What a reader should know: a code with numbers, beside the same in English. */
export interface Notice {
  /** Null in traces that were kept before there were codes. */
  readonly code:
    'nothing-found' | 'nothing-near' | 'cut-by-budget' | 'empty-scope' | 'partly-read' | null;
  readonly values: Readonly<Record<string, number>>;
  readonly text: string;
}

export interface PathTrace {
  readonly path: AnswerPath;
  readonly answer: string;
  readonly finishReason: string | null;
  readonly error: string | null;
  readonly notice: Notice | null;
  readonly prompt: PromptTrace | null;
  readonly passages: readonly PassageTrace[];
  readonly tokens: readonly TokenTrace[];
  readonly timings: Timings;
  /** What mattered; absent or null until somebody asks. */
  readonly evidence?: Evidence | null;
}

export interface Sampling {
  readonly temperature: number;
  readonly topP: number;
  readonly topK: number;
  readonly minP: number;
  readonly repetitionPenalty: number;
  readonly seed: number;
  readonly maxTokens: number;
  readonly stop: readonly string[];
}

export type Status = 'running' | 'complete' | 'cancelled' | 'failed';

export interface EncoderName {
  readonly name: string;
  readonly dimensions: number;
}

export interface QuestionVector {
  readonly first: readonly number[];
  readonly norm: number;
}

export interface Trace {
  readonly version: number;
  readonly id: string;
  readonly createdAt: string;
  readonly status: Status;
  readonly conversation: string;
  readonly question: string;
  readonly collection: string | null;
  readonly scope: readonly string[];
  readonly model: { readonly name: string; readonly checksum: string; readonly format: string };
  readonly encoder: EncoderName | null;
  readonly sampling: Sampling;
  readonly watchedLayers: readonly number[];
  readonly searched: string | null;
  readonly questionVector: QuestionVector | null;
  readonly paths: readonly PathTrace[];
}

export type ContrastEvent =
  | { readonly type: 'started'; readonly trace: Trace }
  | {
      readonly type: 'retrieved';
      readonly searched: string;
      readonly encoder: EncoderName;
      readonly questionVector: QuestionVector;
      readonly hits: readonly PassageTrace[];
      readonly encodeMs: number;
      readonly searchMs: number;
    }
  | {
      readonly type: 'prompt';
      readonly path: AnswerPath;
      readonly prompt: PromptTrace;
      readonly passages: readonly PassageTrace[];
      readonly notice: Notice | null;
    }
  | { readonly type: 'queued'; readonly path: AnswerPath; readonly position: number }
  | {
      readonly type: 'prefill';
      readonly path: AnswerPath;
      readonly done: number;
      readonly total: number;
      readonly cached: number;
    }
  | {
      readonly type: 'token';
      readonly path: AnswerPath;
      readonly index: number;
      readonly token: TokenTrace;
    }
  | {
      readonly type: 'finished';
      readonly path: AnswerPath;
      readonly answer: string;
      readonly finishReason: string;
      readonly error: string | null;
      readonly prompt: PromptTrace | null;
      readonly passages: readonly PassageTrace[];
      readonly timings: Timings;
    }
  | { readonly type: 'ended'; readonly status: Status; readonly problem: string | null }
  /** The server breaks the stream off. */
  | { readonly type: 'problem'; readonly status: number; readonly detail: string };

export interface ContrastRequest {
  readonly question: string;
  readonly conversation?: string;
  readonly collection?: string;
  readonly scope?: readonly string[];
  readonly paths: readonly AnswerPath[];
  readonly model?: string;
  readonly sampling?: Partial<Sampling>;
  readonly k?: number;
  readonly budget?: number;
}

export interface Summary {
  readonly id: string;
  readonly createdAt: string;
  readonly status: Status;
  readonly conversation: string;
  readonly question: string;
  readonly collection: string | null;
  readonly model: string;
}

export interface ExampleQuestion {
  readonly question: string;
  readonly scope: { readonly selectors: readonly string[] };
}

export interface DocumentCollection {
  readonly name: string;
  readonly language: string;
  readonly encoder: string;
  readonly documents: number;
  readonly passages: number;
  /** Of its documents' files, as far as they are kept. */
  readonly bytes: number;
  readonly examples: readonly ExampleQuestion[];
}

export interface DocumentEntry {
  readonly id: number;
  readonly collection: string;
  readonly name: string;
  readonly title: string;
  readonly mediaType: string;
  readonly pages: number | null;
  readonly characters: number;
  readonly passages: number;
  readonly ingestedAt: string;
  /** Of its file; null if that is not kept. */
  readonly bytes: number | null;
  /** Whether there is a newer reader than the one that read it. */
  readonly outdated: boolean;
}

export interface Section {
  readonly document: string;
  readonly heading: string;
  readonly passages: number;
}

/** How a scope and a budget go together. */
export interface Fit {
  readonly passages: number;
  readonly tokens: number;
  readonly fitting: number;
  readonly left: number;
}

export interface StoredPassage {
  readonly id: number;
  readonly documentId: number;
  readonly ordinal: number;
  readonly heading: string;
  readonly page: number | null;
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

export interface DocumentText {
  readonly document: DocumentEntry;
  readonly text: string;
  readonly passages: readonly StoredPassage[];
}

export type ModelState = 'available' | 'pulling' | 'installed' | 'loading' | 'loaded' | 'failed';

export interface ModelStatus {
  readonly name: string;
  readonly title: string;
  readonly languages: readonly string[];
  readonly licence: string;
  readonly bytes: number;
  readonly memoryBytes: number;
  readonly context: number;
  readonly state: ModelState;
  readonly progress: number | null;
  readonly message: string | null;
  readonly isDefault: boolean;
}

/** What a question gets that does not say, and the most it may say. */
export interface LimitRange {
  readonly standard: number;
  readonly most: number;
}

export interface Limits {
  readonly questionCharacters: number;
  readonly maxTokens: LimitRange;
  readonly passages: LimitRange;
  /** The decoder's context may allow less. */
  readonly budget: LimitRange;
}

/** What is read again, and what has to be given again for that. */
export interface Refresh {
  readonly job: Job | null;
  readonly missing: readonly string[];
}

export interface FileStatus {
  readonly name: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  readonly passages: number;
  readonly error: string | null;
  /** What had to be assumed or left out when it was read. */
  readonly notes: readonly string[];
}

export interface Job {
  readonly id: string;
  readonly collection: string;
  readonly createdAt: string;
  readonly finished: boolean;
  readonly files: readonly FileStatus[];
  readonly passagesDone: number;
  readonly passagesPerSecond: number;
  /** What holds it up for the moment. */
  readonly waiting: string | null;
}
