/** Words tinted by attention: one text, and a canvas under it that is all that changes with a token. */
import { effect } from '@preact/signals';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { AnswerPath } from '../../api/types';
import { fixed, t } from '../../i18n';
import { type Boxes, boxesOf, fillBoxes, pieceAt } from '../../maths/boxes';
import type { Extent } from '../../maths/extent';
import { tints, type Tints } from '../../state/laboratory';
import { isDark } from '../../state/preferences';

interface Props {
  readonly path: AnswerPath;
  /** The pieces of everything that was read; those inside the extent are shown. */
  readonly pieces: readonly string[];
  readonly extent: Extent;
}

/** How opaque the strongest tint is: the word on it stays readable. */
const STRONGEST = 0.46;
/** How far outside the window canvases are drawn already, so that scrolling finds them. */
const NEAR = '200px';

export function TintedText({ path, pieces, extent }: Props) {
  const text = useRef<HTMLSpanElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<Drawing | null>(null);
  const shown = useMemo(() => pieces.slice(extent.begin, extent.end), [pieces, extent]);
  const words = shown.join('');
  useLayoutEffect(() => {
    if (text.current === null || canvas.current === null) {
      return;
    }
    const now = new Drawing(text.current, canvas.current, path, shown, extent.begin);
    drawing.current = now;
    return () => {
      now.end();
    };
  }, [path, shown, extent]);
  return (
    <>
      <canvas ref={canvas} class="tints" aria-hidden="true" />
      <span
        ref={text}
        class="words"
        onPointerMove={({ clientX, clientY, currentTarget }) => {
          const mass = drawing.current?.massAt(clientX, clientY) ?? null;
          currentTarget.title =
            mass === null ? '' : t('passage.word', { mass: `${fixed(mass * 100, 2)} %` });
        }}
      >
        {words}
      </span>
    </>
  );
}

/** What a drawing shows, and in which theme. */
interface Look {
  readonly tints: Tints | null;
  readonly dark: boolean;
}

/**
 * Keeps a canvas as it should be. Thousands of words on the screen change with every token that is
 * pointed at; as elements each of them would be styled and painted anew.
 */
class Drawing {
  private look: Look = { tints: null, dark: false };
  private boxes: Boxes | null = null;
  private near = false;
  private frame = 0;
  private readonly ends: readonly (() => void)[];

  constructor(
    private readonly text: HTMLElement,
    private readonly canvas: HTMLCanvasElement,
    path: AnswerPath,
    private readonly pieces: readonly string[],
    private readonly first: number,
  ) {
    const size = new ResizeObserver(() => {
      this.boxes = null;
      this.later();
    });
    const place = new IntersectionObserver(
      (entries) => {
        this.near = entries.at(-1)?.isIntersecting ?? false;
        this.later();
      },
      { rootMargin: NEAR },
    );
    size.observe(canvas);
    place.observe(canvas);
    const follow = effect(() => {
      this.look = { tints: tints(path).value, dark: isDark.value };
      this.later();
    });
    this.ends = [
      () => {
        size.disconnect();
        place.disconnect();
      },
      follow,
    ];
  }

  /** How much attention the word at a place of the window got; null where there is no word. */
  massAt(x: number, y: number): number | null {
    const { left, top } = this.canvas.getBoundingClientRect();
    const piece = this.boxes === null ? null : pieceAt(this.boxes, x - left, y - top);
    return piece === null ? null : (this.look.tints?.mass[this.first + piece] ?? null);
  }

  end(): void {
    cancelAnimationFrame(this.frame);
    for (const end of this.ends) {
      end();
    }
  }

  private later(): void {
    if (this.near && this.frame === 0) {
      this.frame = requestAnimationFrame(() => {
        this.frame = 0;
        this.draw();
      });
    }
  }

  private draw(): void {
    const { canvas, first } = this;
    const context = canvas.getContext('2d');
    const text = this.text.firstChild;
    if (context === null || !(text instanceof Text)) {
      return;
    }
    const scale = devicePixelRatio;
    const width = Math.round(canvas.clientWidth * scale);
    const height = Math.round(canvas.clientHeight * scale);
    if (this.boxes === null || canvas.width !== width || canvas.height !== height) {
      this.boxes = boxesOf(text, this.pieces, canvas.getBoundingClientRect());
      canvas.width = width;
      canvas.height = height;
    }
    context.clearRect(0, 0, width, height);
    context.fillStyle = getComputedStyle(canvas).color;
    const strengths = this.look.tints?.strengths;
    const strengthOf = (piece: number) => STRONGEST * (strengths?.[first + piece] ?? 0);
    fillBoxes(context, this.boxes, strengthOf, scale);
  }
}
