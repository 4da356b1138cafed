/** Attention of every token of an answer to every token that it read. */

/** A row for each token of the answer, a column for each token of prompt and answer. */
export interface Words {
  /** The text of every column. */
  readonly pieces: readonly string[];
  readonly rows: number;
  readonly columns: number;
  /** Row by row; 0 behind what a token could see. */
  readonly mass: Float32Array;
}

/** The same as text: a byte for each number, 255 for the greatest of its row. */
export interface PackedWords {
  readonly pieces: readonly string[];
  readonly rows: number;
  readonly greatest: readonly number[];
  readonly bytes: string;
  /** Of which heads it is; absent where that was not kept. */
  readonly heads?: { readonly layer: number; readonly head: number } | 'best' | null;
}

const LEVELS = 255;

/** Attention as the server gives it, in one block. */
export function wordsOf(
  pieces: readonly string[],
  attention: readonly (readonly number[])[],
): Words {
  const columns = pieces.length;
  const mass = new Float32Array(attention.length * columns);
  attention.forEach((row, index) => {
    mass.set(row.slice(0, columns), index * columns);
  });
  return { pieces, rows: attention.length, columns, mass };
}

/** Averages the rows of the chosen tokens; all rows when none is chosen. */
export function meanRow(words: Words, chosen: ReadonlySet<number>): Float32Array {
  const sum = new Float32Array(words.columns);
  const rows = chosen.size === 0 ? [...Array(words.rows).keys()] : [...chosen];
  const known = rows.filter((row) => row < words.rows);
  for (const row of known) {
    const begin = row * words.columns;
    for (let column = 0; column < words.columns; column++) {
      sum[column] = (sum[column] ?? 0) + (words.mass[begin + column] ?? 0) / known.length;
    }
  }
  return sum;
}

export function pack({ pieces, rows, columns, mass }: Words): PackedWords {
  const greatest: number[] = [];
  let text = '';
  for (let row = 0; row < rows; row++) {
    const line = mass.subarray(row * columns, (row + 1) * columns);
    const most = Math.max(...line);
    greatest.push(Number(most.toPrecision(4)));
    for (const value of line) {
      text += String.fromCharCode(most === 0 ? 0 : Math.round((LEVELS * value) / most));
    }
  }
  return { pieces, rows, greatest, bytes: btoa(text) };
}

export function unpack({ pieces, rows, greatest, bytes }: PackedWords): Words {
  const text = atob(bytes);
  const columns = pieces.length;
  const mass = Float32Array.from(
    { length: rows * columns },
    (_, at) => (text.charCodeAt(at) / LEVELS) * (greatest[Math.floor(at / columns)] ?? 0),
  );
  return { pieces, rows, columns, mass };
}
