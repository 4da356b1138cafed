/** Small traces for tests. */
import type { AnswerPath, Attention, PassageTrace, PathTrace, Trace } from '../api/types';
import { emptyPath } from '../maths/contrast';

export function passageTrace(
  id: number,
  { rank, tokens }: { rank: number | null; tokens: number | null },
): PassageTrace {
  return {
    id,
    documentId: 1,
    document: 'faq.html',
    title: 'FAQ',
    heading: `Chapter › Section ${id}`,
    page: null,
    start: id * 100,
    end: id * 100 + 50,
    text: `Text of passage ${id}.`,
    retrieved: rank === null ? null : { rank, score: 1 / (60 + rank), dense: 0.5, lexical: null },
    used: false,
    inPrompt: tokens === null ? null : { position: id, tokens },
    attended: null,
  };
}

/** A path that read a sink, an instruction and passages 7 and 8, and wrote two tokens. */
export function readingPath(path: AnswerPath = 'rag'): PathTrace {
  return {
    ...emptyPath(path),
    answer: 'Use dpkg',
    prompt: {
      tokens: 100,
      cachedTokens: 0,
      budget: 2048,
      text: 'the prompt',
      ids: [],
      left: 0,
      parts: [
        { kind: 'sink', tokens: 1, passageId: null },
        { kind: 'template', tokens: 4, passageId: null },
        { kind: 'template', tokens: 5, passageId: null },
        { kind: 'passage', tokens: 40, passageId: 7 },
        { kind: 'passage', tokens: 50, passageId: 8 },
        { kind: 'answer', tokens: 0, passageId: null },
      ],
    },
    passages: [passageTrace(7, { rank: 1, tokens: 40 }), passageTrace(8, { rank: 2, tokens: 50 })],
    tokens: [
      { id: 1, text: 'Use', logprob: -0.1, ms: 100, mass: [0.5, 0.05, 0.05, 0.2, 0.1, 0.1] },
      { id: 2, text: ' dpkg', logprob: -0.2, ms: 150, mass: [0.3, 0.05, 0.05, 0.4, 0.1, 0.1] },
    ],
  };
}

export function trace(paths: readonly PathTrace[]): Trace {
  return {
    version: 1,
    id: '00000000-0000-0000-0000-000000000001',
    createdAt: '2026-01-01T00:00:00Z',
    status: 'running',
    conversation: '00000000-0000-0000-0000-000000000001',
    question: 'Which package?',
    collection: 'faq',
    scope: [],
    model: { name: 'tiny', checksum: '00', format: 'int8-block32' },
    encoder: null,
    style: 'answer',
    k: null,
    sampling: {
      temperature: 0,
      topP: 1,
      topK: 0,
      minP: 0,
      repetitionPenalty: 1,
      presencePenalty: 0,
      frequencyPenalty: 0,
      loopPenalty: null,
      seed: 0,
      maxTokens: 128,
      stop: [],
    },
    watchedLayers: [1],
    searched: null,
    questionVector: null,
    paths,
  };
}

const parts = readingPath().prompt?.parts ?? [];
/** What one head saw at the second token of that path. */
export const attention: Attention = {
  path: 'rag',
  tokens: [1],
  selected: [[0, 0]],
  parts,
  mass: [0.3, 0.05, 0.05, 0.4, 0.1, 0.1],
  lift: [],
  share: [],
  score: [0, 0, 0, 3, 2, 0],
  layers: 1,
  heads: 2,
  headMass: [
    [
      [0.9, 0.1, 0, 0, 0, 0],
      [0.3, 0.05, 0.05, 0.4, 0.1, 0.1],
    ],
  ],
  headScore: [],
  positions: null,
  step: {
    layer: 0,
    head: 0,
    token: 1,
    query: { first: [1], norm: 1 },
    parts: parts.map((_, index) => ({ score: index, mass: index / 15, value: index / 10 })),
  },
};
