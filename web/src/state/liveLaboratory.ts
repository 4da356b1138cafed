/** The laboratory of a running Kvasir. */
import { effect } from '@preact/signals';
import { Problem } from '../api/client';
import * as api from '../api/evidence';
import { markQuestion } from '../api/marked';
import type { AnswerPath, EvidenceEvent, PathTrace } from '../api/types';
import { wordsFor } from '../api/words';
import { type Inside, insideOf, pointingHead, strongestHead } from '../maths/lookup';
import { traceOf } from '../maths/beside';
import { type Words, wordsOf } from '../maths/words';
import { pathOf } from '../paths/laneNames';
import { attentionNumbers } from './catalogue';
import {
  found,
  foundBefore,
  laboratory,
  lookUp,
  type LookUp,
  tests,
  type TestState,
  words,
  wordsThere,
} from './laboratory';
import { keepEvidence, view } from './shown';

/** How many look-ups are remembered. */
const MOST_FOUND = 64;
/** Which contrasts the findings are about. */
let shown: string | null = null;
let abort = new AbortController();
let asked = 0;
/** The last test that was asked for; the server tests one path of a contrast at a time. */
let lastTest: Promise<void> = Promise.resolve();
const reading = new Map<AnswerPath, Promise<void>>();

/** Opens the laboratory; findings are forgotten when another contrast is shown. */
export function openLaboratory(): void {
  effect(() => {
    const now = view.value;
    // The example that came with the page is not in the server's history.
    const id =
      now === null || now.origin === 'example' ? null : `${now.trace.id} ${now.beside?.id ?? ''}`;
    if (id !== shown) {
      shown = id;
      abort.abort();
      abort = new AbortController();
      reading.clear();
      lastTest = Promise.resolve();
      words.value = {};
      tests.value = {};
      lookUp.value = null;
      found.value = [];
    }
  });
  laboratory.value = {
    readWords: (path) => {
      const before = words.value[path.path]?.state === 'failed' ? null : reading.get(path.path);
      const now = before ?? readWords(path);
      reading.set(path.path, now);
      return now;
    },
    lookUp: (wanted) => void find(wanted, async () => ({ wanted, inside: await inspect(wanted) })),
    lookInside: (path, token) => void find({ path, token, head: null }, strongest),
    readRows: ({ path, tokens, head }) => readRows(path, tokens, head),
    inspect,
    test,
    cancelTest: (path) => {
      if (tests.value[path]?.state === 'waiting') {
        setTest(path, null);
      } else {
        const { id } = served(path) ?? { id: '' };
        api.cancelEvidence(id).catch((caught: unknown) => {
          setTest(path, { state: 'failed', why: wordsFor(caught) });
        });
      }
    },
    mark: async (expected) => {
      if (view.value !== null) {
        await markQuestion(view.value.trace.id, expected);
      }
    },
  };
}

/** The contrast that a lane is of and the path that answered in it, as the server calls them. */
interface Served {
  readonly id: string;
  readonly path: AnswerPath;
}

function served(lane: AnswerPath): Served | null {
  const now = view.value;
  return now === null || shown === null ? null : { id: traceOf(now, lane).id, path: pathOf(lane) };
}

async function readWords(path: PathTrace): Promise<void> {
  const of = served(path.path);
  if (of === null || path.prompt === null) {
    return;
  }
  const { signal } = abort;
  const set = (value: NonNullable<(typeof words.value)[AnswerPath]>) => {
    if (!signal.aborted) {
      words.value = { ...words.value, [path.path]: value };
    }
  };
  set({ state: 'reading' });
  try {
    const heads = await headsFor(of, signal);
    const every = path.tokens.map((_, token) => token);
    const read = await readRows(path, every, heads === 'best' ? { heads } : heads);
    if (read !== null) {
      set(wordsThere(path, read, heads));
    }
  } catch (caught) {
    set({ state: 'failed', why: wordsFor(caught) });
  }
}

/** A row of attention for each of some tokens, as many at a time as the server gives. */
async function readRows(
  path: PathTrace,
  tokens: readonly number[],
  heads: NonNullable<LookUp['head']> | { readonly heads: 'best' },
): Promise<Words | null> {
  const of = served(path.path);
  if (of === null || path.prompt === null) {
    return null;
  }
  const { signal } = abort;
  const length = path.prompt.tokens + path.tokens.length;
  const atOnce = Math.max(1, Math.floor((await attentionNumbers()) / length));
  const rows: (readonly number[])[] = [];
  let pieces: readonly string[] = [];
  for (let begin = 0; begin < tokens.length; begin += atOnce) {
    const some = tokens.slice(begin, begin + atOnce);
    const request = { path: of.path, tokens: [...some], ...heads, positions: true };
    const { positions } = await api.attention(of.id, request, signal);
    pieces = positions?.pieces ?? [];
    rows.push(...(positions?.attention ?? []));
  }
  return wordsOf(pieces, rows);
}

/**
 * The heads whose attention says which words were read: those that were detected, else the one that
 * points most in this answer. The mean of all would wash out what one of them gives nine tenths.
 */
async function headsFor({ id, path }: Served, signal: AbortSignal) {
  const whole = { path };
  try {
    await api.attention(id, { ...whole, tokens: [0], heads: 'best' }, signal);
    return 'best' as const;
  } catch (caught) {
    if (!(caught instanceof Problem && caught.status === 409)) {
      throw caught;
    }
  }
  return pointingHead(await api.attention(id, whole, signal));
}

async function inspect(wanted: LookUp): Promise<Inside | null> {
  const of = served(wanted.path);
  const known = foundBefore(wanted);
  if (of === null || known !== null) {
    return known;
  }
  const { signal } = abort;
  const request = { path: of.path, tokens: [wanted.token], ...(wanted.head ?? {}) };
  const inside = insideOf({ ...(await api.attention(of.id, request, signal)), path: wanted.path });
  if (!signal.aborted) {
    found.value = [...found.value, { wanted, inside }].slice(-MOST_FOUND);
  }
  return inside;
}

/** What came of a look-up, if it came. */
interface Result {
  readonly wanted: LookUp;
  readonly inside: Inside | null;
}

/** The look-up of the head that gave passages most; the mean of all says which that is. */
async function strongest(wanted: LookUp): Promise<Result> {
  const mean = await inspect({ ...wanted, head: null });
  const chosen = { ...wanted, head: mean === null ? null : strongestHead(mean) };
  return { wanted: chosen, inside: mean === null ? null : await inspect(chosen) };
}

async function find(asking: LookUp, look: (asking: LookUp) => Promise<Result>): Promise<void> {
  const { signal } = abort;
  const turn = ++asked;
  const before = lookUp.value;
  const current = () => !signal.aborted && turn === asked;
  lookUp.value = {
    state: 'computing',
    wanted: asking,
    before:
      before?.state === 'there'
        ? before.inside
        : before?.state === 'computing'
          ? before.before
          : null,
  };
  try {
    const { wanted, inside } = await look(asking);
    if (current() && inside !== null) {
      lookUp.value = { state: 'there', wanted, inside };
    }
  } catch (caught) {
    if (current()) {
      lookUp.value = { state: 'failed', wanted: asking, why: wordsFor(caught) };
    }
  }
}

function setTest(path: AnswerPath, state: TestState | null): void {
  const others = Object.entries(tests.value).filter(([name]) => name !== path);
  tests.value = { ...Object.fromEntries(others), ...(state === null ? {} : { [path]: state }) };
}

function test(path: AnswerPath, sets: number): void {
  const of = served(path);
  const now = tests.value[path]?.state;
  if (of === null || now === 'running' || now === 'waiting') {
    return;
  }
  const { signal } = abort;
  setTest(path, { state: 'waiting' });
  lastTest = lastTest.then(async () => {
    // Its reader may have gone, or thought better of it.
    if (!signal.aborted && tests.value[path]?.state === 'waiting') {
      await runTest(of, path, sets, signal);
    }
  });
}

async function runTest(
  of: Served,
  path: AnswerPath,
  sets: number,
  signal: AbortSignal,
): Promise<void> {
  setTest(path, { state: 'running', done: 0, total: 0, remainingMs: null });
  let last: EvidenceEvent | null = null as EvidenceEvent | null;
  try {
    await api.testEvidence(of.id, of.path, sets, (event) => {
      if (!signal.aborted) {
        last = event;
        take(path, event);
      }
    });
    if (!signal.aborted && last?.type !== 'ended') {
      setTest(path, { state: 'failed', why: '' });
    }
  } catch (caught) {
    if (!signal.aborted) {
      setTest(path, { state: 'failed', why: wordsFor(caught) });
    }
  }
}

function take(path: AnswerPath, event: EvidenceEvent): void {
  switch (event.type) {
    case 'started': {
      const { readings, estimateMs } = event;
      setTest(path, { state: 'running', done: 0, total: readings, remainingMs: estimateMs });
      break;
    }
    case 'progress': {
      const { done, total, remainingMs } = event;
      setTest(path, { state: 'running', done, total, remainingMs });
      break;
    }
    case 'evidence':
      keepEvidence(path, event.evidence);
      break;
    case 'ended':
      setTest(
        path,
        event.status === 'failed' ? { state: 'failed', why: event.problem ?? '' } : null,
      );
      break;
  }
}
