import { expect, it } from 'vitest';
import { pieceAt } from './boxes';

it('finds the word under the pointer, also where it is broken over two lines', () => {
  const boxes = {
    count: 3,
    pieces: Uint32Array.from([0, 1, 1]),
    edges: Float32Array.from([0, 0, 20, 10, 20, 0, 50, 10, 0, 10, 15, 20]),
  };
  expect(pieceAt(boxes, 5, 5)).toBe(0);
  expect(pieceAt(boxes, 20, 5)).toBe(1);
  expect(pieceAt(boxes, 14, 15)).toBe(1);
  expect(pieceAt(boxes, 30, 15)).toBeNull();
});
