/** Where the pieces of a text stand on the page, measured once for as long as its lines stay. */

/** Boxes of pieces in pixels from a corner; a piece that is broken over two lines has two. */
export interface Boxes {
  readonly count: number;
  /** Which piece each box is of. */
  readonly pieces: Uint32Array;
  /** Left, top, right and bottom of each box. */
  readonly edges: Float32Array;
}

const EDGES = 4;

/** Measures the pieces of which a text is made, from the corner of another element. */
export function boxesOf(text: Text, pieces: readonly string[], corner: DOMRect): Boxes {
  const owners: number[] = [];
  const edges: number[] = [];
  const range = document.createRange();
  let begin = 0;
  pieces.forEach((piece, index) => {
    const end = begin + piece.length;
    range.setStart(text, begin);
    range.setEnd(text, end);
    for (const { left, top, right, bottom } of range.getClientRects()) {
      owners.push(index);
      edges.push(left - corner.left, top - corner.top, right - corner.left, bottom - corner.top);
    }
    begin = end;
  });
  return {
    count: owners.length,
    pieces: Uint32Array.from(owners),
    edges: Float32Array.from(edges),
  };
}

/** The piece at a place; null where there is none. */
export function pieceAt({ count, pieces, edges }: Boxes, x: number, y: number): number | null {
  for (let box = 0; box < count; box++) {
    const [left = 0, top = 0, right = 0, bottom = 0] = edges.subarray(box * EDGES);
    if (x >= left && x < right && y >= top && y < bottom) {
      return pieces[box] ?? null;
    }
  }
  return null;
}

/** Fills every box as strongly as its piece is tinted, with its edges on the pixels of the screen. */
export function fillBoxes(
  context: CanvasRenderingContext2D,
  { count, pieces, edges }: Boxes,
  strengthOf: (piece: number) => number,
  scale: number,
): void {
  const at = (edge: number) => Math.round((edges[edge] ?? 0) * scale);
  for (let box = 0; box < count; box++) {
    const strength = strengthOf(pieces[box] ?? 0);
    if (strength > 0) {
      const edge = box * EDGES;
      const left = at(edge);
      const top = at(edge + 1);
      context.globalAlpha = strength;
      context.fillRect(left, top, at(edge + 2) - left, at(edge + 3) - top);
    }
  }
}
