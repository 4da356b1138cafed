import { expect, it } from 'vitest';

const FILES: Readonly<Record<string, string>> = import.meta.glob('./**/*.{ts,tsx}', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The files that a file imports, for their types too: of those ESLint sees no circle. */
function importsOf(file: string): readonly string[] {
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  return [...(FILES[file] ?? '').matchAll(/(?:from|import\() ?'(\.[^']*)'/g)].flatMap(([, to]) => {
    const path = new URL(to ?? '', `file:///${folder}`).pathname;
    const found = ['.ts', '.tsx', '/index.ts'].map((end) => `.${path}${end}`);
    return found.filter((name) => name in FILES);
  });
}

it('has no file that imports itself by way of others', () => {
  const free = new Set<string>();
  const walk = (file: string, way: readonly string[]) => {
    expect(way, 'a circle of imports').not.toContain(file);
    if (!free.has(file)) {
      importsOf(file).forEach((next) => {
        walk(next, [...way, file]);
      });
      free.add(file);
    }
  };
  Object.keys(FILES).forEach((file) => {
    walk(file, []);
  });
  expect(free.size).toBeGreaterThan(100);
});
