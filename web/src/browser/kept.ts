/** Choices that the browser keeps for the reader. */

/** The kept choice, if it is one of those allowed; otherwise the given one. */
export function kept<T extends string>(name: string, allowed: readonly T[], otherwise: T): T {
  try {
    const value = localStorage.getItem(`kvasir.${name}`);
    return allowed.find((candidate) => candidate === value) ?? otherwise;
  } catch {
    // A browser that keeps nothing still shows the page.
    return otherwise;
  }
}

/** Keeps a choice. */
export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`kvasir.${name}`, value);
  } catch {
    // As above: the choice then lasts as long as the page.
  }
}
