/** Which passage the source drawer shows. */
import { signal } from '@preact/signals';

/** A place in a document. */
export interface Source {
  readonly documentId: number;
  readonly title: string;
  readonly heading: string;
  readonly start: number;
  readonly end: number;
  /** The text as it was read, for when the document is gone; null for a whole document. */
  readonly text: string | null;
}

/** Whether there is a library to open passages in; an exported page has none. */
export const canOpenSources = signal(true);

export const source = signal<Source | null>(null);

export function openSource(place: Source): void {
  source.value = place;
}
