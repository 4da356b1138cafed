/** Asking, following, stopping and reopening contrasts. */
import { batch, computed, signal } from '@preact/signals';
import * as api from '../api/client';
import * as stream from '../api/stream';
import type { ContrastEvent, ContrastRequest, Trace } from '../api/types';
import { apply, begin, type ContrastView, viewOf } from '../maths/contrast';
import { announceEvent, announcements } from './announce';
import { adopt } from './draft';
import { clearFocus } from './focus';
import { endReplay } from './replay';
import { replace } from './route';
import { targetOf } from './target';

/** Waits between attempts to reach a stream again, in milliseconds. */
const RECONNECT_AFTER = [0, 300, 800, 1_500, 3_000, 4_000];
/** How many earlier turns of a conversation are shown. */
const EARLIER_TURNS = 8;
/** What names a contrast; nothing else is asked of the server. */
const IDENTITY = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

export const view = signal<ContrastView | null>(null);
/** The contrasts that came before in the same conversation, oldest first. */
export const earlier = signal<readonly Trace[]>([]);
/** Why the last question could not be asked, or a contrast not opened. */
export const failure = signal<api.Problem | null>(null);
export const connection = signal<'idle' | 'asking' | 'live' | 'reconnecting'>('idle');
/** Whether a contrast is being fetched. */
export const opening = signal(false);

export const running = computed(() => connection.value !== 'idle');

let current: AbortController | null = null;
/** The id on which the page works; a late event of another one changes nothing. */
let expected: string | null = null;

/** Asks; the stream's first event names the contrast. */
export async function ask(request: ContrastRequest): Promise<void> {
  const abort = renew();
  const before = view.value;
  batch(() => {
    failure.value = null;
    connection.value = 'asking';
    letGo();
  });
  const onStarted = (trace: Trace) => {
    const follows = before !== null && before.trace.conversation === trace.conversation;
    batch(() => {
      earlier.value = follows ? [...earlier.value, before.trace].slice(-EARLIER_TURNS) : [];
      view.value = begin(trace, request.paths);
      connection.value = 'live';
      letGo();
    });
    expected = trace.id;
    replace({ screen: 'contrast', id: trace.id });
    if (!follows) {
      // A branch: what was said before it belongs to another conversation.
      void loadEarlier(trace, abort.signal);
    }
  };
  const listener = listen(abort, onStarted);
  try {
    await stream.start(request, listener, abort.signal);
  } catch (caught) {
    if (abort.signal.aborted) {
      return;
    }
    if (expected === null) {
      batch(() => {
        failure.value = asProblem(caught);
        connection.value = 'idle';
      });
      return;
    }
  }
  await followToItsEnd(abort);
}

/** Opens a contrast by its id: joins it while it runs, shows its trace when it ended. */
export async function open(id: string): Promise<void> {
  if (expected === id) {
    return;
  }
  const abort = renew();
  expected = id;
  batch(() => {
    failure.value = null;
    opening.value = true;
    if (view.value?.trace.id !== id) {
      view.value = null;
      earlier.value = [];
    }
    letGo();
  });
  try {
    const trace = await found(id);
    if (abort.signal.aborted) {
      return;
    }
    batch(() => {
      view.value = viewOf(trace, 'stored');
      opening.value = false;
      adopt(targetOf(trace));
    });
    await loadEarlier(trace, abort.signal);
    if (trace.status === 'running' && current === abort) {
      view.value = begin(
        { ...trace, paths: [] },
        trace.paths.map((path) => path.path),
      );
      connection.value = 'live';
      await followToItsEnd(abort);
    }
  } catch (caught) {
    fail(abort, caught);
  }
}

/** Opens the shown contrast again, after the connection to it was lost. */
export async function reopen(id: string): Promise<void> {
  expected = null;
  await open(id);
}

async function found(id: string): Promise<Trace> {
  if (!IDENTITY.test(id)) {
    throw new api.Problem(404, '');
  }
  return api.trace(id);
}

/** Gives up what runs, unless another contrast took its place. */
function fail(abort: AbortController, caught: unknown): void {
  if (abort.signal.aborted) {
    return;
  }
  expected = null;
  batch(() => {
    opening.value = false;
    connection.value = 'idle';
    failure.value = asProblem(caught);
    if (view.value?.trace.status === 'running') {
      view.value = { ...view.value, lost: true };
    }
  });
}

/** Shows a trace that came with the page, unless something is shown already; says whether. */
export function showExample(trace: Trace): boolean {
  const other = view.value !== null && view.value.origin !== 'example';
  if (other || expected !== null || view.value?.trace.id === trace.id) {
    return false;
  }
  letGo();
  view.value = viewOf(trace, 'example');
  return true;
}

/** Stops the running contrast; what came stays. */
export async function stop(): Promise<void> {
  const id = expected;
  if (id === null) {
    renew();
    connection.value = 'idle';
    return;
  }
  try {
    await api.cancelContrast(id);
  } catch (caught) {
    failure.value = asProblem(caught);
  }
}

/** Leaves the contrast, so that the next question begins a conversation. */
export function leave(): void {
  renew();
  batch(() => {
    view.value = null;
    earlier.value = [];
    failure.value = null;
    connection.value = 'idle';
    letGo();
  });
}

/** Lets go of everything that is about the contrast that was shown. */
function letGo(): void {
  clearFocus();
  endReplay();
  announcements.reset();
}

function renew(): AbortController {
  current?.abort();
  current = new AbortController();
  expected = null;
  opening.value = false;
  connection.value = 'idle';
  return current;
}

function listen(
  abort: AbortController,
  onStarted: (trace: Trace) => void = () => undefined,
): stream.Listener {
  return {
    onEvent: (event: ContrastEvent, index: number) => {
      if (abort.signal.aborted) {
        return;
      }
      if (event.type === 'started' && view.value?.trace.id !== event.trace.id) {
        onStarted(event.trace);
      }
      if (view.value !== null) {
        connection.value = 'live';
        view.value = apply(view.value, event, index);
        announceEvent(event);
      }
      if (event.type === 'problem') {
        failure.value = new api.Problem(event.status, event.detail);
      } else if (event.type === 'ended' && event.problem !== null) {
        failure.value = new api.Problem(500, event.problem);
      }
    },
  };
}

/** Follows the events until the last; joins again behind the last one seen where it broke. */
async function followToItsEnd(abort: AbortController): Promise<void> {
  let attempt = 0;
  while (!abort.signal.aborted) {
    const now = view.value;
    if (now?.trace.status !== 'running') {
      connection.value = 'idle';
      return;
    }
    const pause = RECONNECT_AFTER[attempt];
    if (pause === undefined) {
      fail(abort, new api.Problem(api.UNREACHABLE, ''));
      return;
    }
    if (pause > 0) {
      connection.value = 'reconnecting';
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    try {
      await stream.join(now.trace.id, now.lastEvent, listen(abort), abort.signal);
    } catch (caught) {
      if (caught instanceof api.Problem && caught.status === 404) {
        await showStored(now.trace.id, abort);
        return;
      }
    }
    const progressed = (view.value?.lastEvent ?? -1) > now.lastEvent;
    attempt = progressed ? 0 : attempt + 1;
  }
}

/** Shows what is kept of a contrast that ended while nobody followed. */
async function showStored(id: string, abort: AbortController): Promise<void> {
  try {
    const trace = await api.trace(id);
    if (!abort.signal.aborted) {
      view.value = viewOf(trace, 'stored');
      connection.value = 'idle';
    }
  } catch (caught) {
    fail(abort, caught);
  }
}

/** Shows the turns before; one that was deleted meanwhile is not missed. */
async function loadEarlier(trace: Trace, signal: AbortSignal): Promise<void> {
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

function asProblem(caught: unknown): api.Problem {
  return caught instanceof api.Problem
    ? caught
    : new api.Problem(api.UNREACHABLE, caught instanceof Error ? caught.message : '');
}
