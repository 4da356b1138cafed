/** Asks as a contrast was asked: both sides, where two stand side by side. */
import type { Trace } from '../api/types';
import { mainOf } from '../maths/beside';
import type { ContrastView } from '../maths/contrast';
import { ask } from './run';
import { requestFor, type Target, targetOf } from './target';

/** What of it is asked otherwise. */
type Change = (target: Target) => Target;

/** Asks a text of what a contrast was asked of; in the conversation, or for null in a new one. */
export function askAgain(
  view: ContrastView,
  text: string,
  conversation: string | null,
  change: Change = (target) => target,
): void {
  const request = (trace: Trace) => requestFor(text, change(targetOf(trace)), conversation);
  void ask(request(mainOf(view)), view.beside === null ? null : request(view.beside));
}
