/** Asking, following, stopping and reopening contrasts. */
import { batch, computed, signal } from '@preact/signals';
import * as api from '../api/client';
import * as stream from '../api/stream';
import type { ContrastEvent, ContrastRequest, Trace } from '../api/types';
import { eventBeside, traceBeside } from '../maths/beside';
import { apply, begin, viewOf } from '../maths/contrast';
import { besideOf } from '../paths/laneNames';
import { announceEvent, announcements } from './announce';
import { adopt } from './draft';
import { earlier, EARLIER_TURNS, showEarlier } from './earlier';
import { clearFocus } from './focus';
import { endReplay } from './replay';
import { replace } from './route';
import { main, other, type Place, show } from './shown';
import { targetOf } from './target';

/** Waits between attempts to reach a stream again, in milliseconds. */
const RECONNECT_AFTER = [0, 300, 800, 1_500, 3_000, 4_000];
/** What names a contrast; nothing else is asked of the server. */
const IDENTITY = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Why the last question could not be asked, or a contrast not opened. */
export const failure = signal<api.Problem | null>(null);
export const connection = signal<'idle' | 'asking' | 'live' | 'reconnecting'>('idle');
/** Whether a contrast is being fetched. */
export const opening = signal(false);

export const running = computed(() => connection.value !== 'idle');

let current: AbortController | null = null;
/** The id on which the page works; a late event of another one changes nothing. */
let expected: string | null = null;

/**
 * Asks; the stream's first event names the contrast. What is to stand beside it is asked when it
 * ended, so that neither slows the other.
 */
export async function ask(
  request: ContrastRequest,
  beside: ContrastRequest | null = null,
): Promise<void> {
  const abort = renew();
  const before = main.value;
  const besideBefore = other.value;
  batch(() => {
    failure.value = null;
    connection.value = 'asking';
    letGo();
  });
  const onStarted = (trace: Trace) => {
    const follows = before !== null && before.trace.conversation === trace.conversation;
    batch(() => {
      const turn = [before?.trace ?? [], besideBefore?.trace ?? []].flat();
      earlier.value = follows ? [...earlier.value, ...turn].slice(-EARLIER_TURNS) : [];
      show(begin(trace, request.paths));
      connection.value = 'live';
      letGo();
    });
    expected = trace.id;
    replace({ screen: 'contrast', id: trace.id });
    if (!follows) {
      // A branch: what was said before it belongs to another conversation.
      void showEarlier(trace, abort.signal);
    }
  };
  await run(request, abort, main, onStarted);
  if (beside !== null && !abort.signal.aborted && main.value?.trace.status !== 'cancelled') {
    await compare(beside);
  }
}

/** Asks the question that is shown otherwise; what answers stands beside it. */
export async function compare(request: ContrastRequest): Promise<void> {
  const first = main.value?.trace;
  if (first === undefined) {
    return;
  }
  const abort = renew();
  batch(() => {
    failure.value = null;
    connection.value = 'asking';
    other.value = null;
    letGo();
  });
  await run({ ...request, conversation: null, beside: first.id }, abort, other, (trace) => {
    batch(() => {
      other.value = begin(trace, request.paths.map(besideOf));
      connection.value = 'live';
    });
    expected = trace.id;
    replace({ screen: 'contrast', id: trace.id });
  });
}

/** Has one question answered in its place; says why where it could not be asked. */
async function run(
  request: ContrastRequest,
  abort: AbortController,
  place: Place,
  onStarted: (trace: Trace) => void,
): Promise<void> {
  try {
    await stream.start(request, listen(abort, place, onStarted), abort.signal);
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
  await followToItsEnd(abort, place);
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
    if (main.value?.trace.id !== id) {
      show(null);
      earlier.value = [];
    }
    letGo();
  });
  try {
    const { trace, first } = await found(id);
    if (abort.signal.aborted) {
      return;
    }
    const shown = first ?? trace;
    batch(() => {
      show(viewOf(shown, 'stored'), first === null ? null : viewOf(traceBeside(trace), 'stored'));
      opening.value = false;
      adopt(targetOf(shown));
    });
    await showEarlier(shown, abort.signal);
    for (const place of [main, other]) {
      const trace = place.value?.trace;
      if (trace?.status === 'running' && current === abort) {
        place.value = begin(
          { ...trace, paths: [] },
          trace.paths.map((path) => path.path),
        );
        connection.value = 'live';
        await followToItsEnd(abort, place);
      }
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

/** The contrast that one stands beside; null for none, or where that was deleted. */
async function standsBesideOf({ beside }: Trace): Promise<Trace | null> {
  try {
    return beside ? await api.trace(beside) : null;
  } catch (caught) {
    if (caught instanceof api.Problem && caught.status === 404) {
      return null;
    }
    throw caught;
  }
}

/** The contrast of an id, and the one that it stands beside. */
async function found(id: string): Promise<{ readonly trace: Trace; readonly first: Trace | null }> {
  if (!IDENTITY.test(id)) {
    throw new api.Problem(404, '');
  }
  const trace = await api.trace(id);
  return { trace, first: await standsBesideOf(trace) };
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
    for (const place of [main, other]) {
      if (place.value?.trace.status === 'running') {
        place.value = { ...place.value, lost: true };
      }
    }
  });
}

/** Shows a trace that came with the page, unless something is shown already; says whether. */
export function showExample(trace: Trace): boolean {
  const another = main.value !== null && main.value.origin !== 'example';
  if (another || expected !== null || main.value?.trace.id === trace.id) {
    return false;
  }
  letGo();
  show(viewOf(trace, 'example'));
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
    show(null);
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
  place: Place,
  onStarted: (trace: Trace) => void = () => undefined,
): stream.Listener {
  return {
    onEvent: (told: ContrastEvent, index: number) => {
      if (abort.signal.aborted) {
        return;
      }
      const event = place === other ? eventBeside(told) : told;
      if (event.type === 'started' && place.value?.trace.id !== event.trace.id) {
        onStarted(event.trace);
      }
      if (place.value !== null) {
        connection.value = 'live';
        place.value = apply(place.value, event, index);
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
async function followToItsEnd(abort: AbortController, place: Place): Promise<void> {
  let attempt = 0;
  while (!abort.signal.aborted) {
    const now = place.value;
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
      await stream.join(now.trace.id, now.lastEvent, listen(abort, place), abort.signal);
    } catch (caught) {
      if (caught instanceof api.Problem && caught.status === 404) {
        await showStored(now.trace.id, abort, place);
        return;
      }
    }
    const progressed = (place.value?.lastEvent ?? -1) > now.lastEvent;
    attempt = progressed ? 0 : attempt + 1;
  }
}

/** Shows what is kept of a contrast that ended while nobody followed. */
async function showStored(id: string, abort: AbortController, place: Place): Promise<void> {
  try {
    const trace = await api.trace(id);
    if (!abort.signal.aborted) {
      place.value = viewOf(place === other ? traceBeside(trace) : trace, 'stored');
      connection.value = 'idle';
    }
  } catch (caught) {
    fail(abort, caught);
  }
}

function asProblem(caught: unknown): api.Problem {
  return caught instanceof api.Problem
    ? caught
    : new api.Problem(api.UNREACHABLE, caught instanceof Error ? caught.message : '');
}
