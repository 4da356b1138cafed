/** What a screen reader is told: finished sentences and ends, never single tokens. */
import { signal } from '@preact/signals';
import type { AnswerPath, ContrastEvent } from '../api/types';
import { endOf } from './laneStatus';
import { laneTitle } from './sides';

const SENTENCE = /^[\s\S]*?(?:[.!?](?=\s)|[。！？\n])/;

/** The text of the live region. */
export const spoken = signal('');

/** Collects each lane's text until a sentence is whole. */
class Announcements {
  private readonly pending = new Map<AnswerPath, string>();

  reset(): void {
    this.pending.clear();
    spoken.value = '';
  }

  add(path: AnswerPath, text: string): void {
    let rest = (this.pending.get(path) ?? '') + text;
    for (;;) {
      const sentence = SENTENCE.exec(rest)?.[0];
      if (sentence === undefined) {
        break;
      }
      rest = rest.slice(sentence.length);
      if (sentence.trim().length > 1) {
        spoken.value = `${laneTitle(path)}: ${sentence.trim()}`;
      }
    }
    this.pending.set(path, rest);
  }

  finish(path: AnswerPath, ending: string): void {
    const rest = this.pending.get(path)?.trim() ?? '';
    this.pending.delete(path);
    spoken.value = `${laneTitle(path)}: ${rest} (${ending})`;
  }
}

export const announcements = new Announcements();

/** Tells of an event what is worth telling. */
export function announceEvent(event: ContrastEvent): void {
  if (event.type === 'token') {
    announcements.add(event.path, event.token.text);
  } else if (event.type === 'finished') {
    announcements.finish(event.path, endOf(event).text);
  }
}
