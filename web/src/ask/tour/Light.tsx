/** Lights a place of the page: everything else is dimmed, and the place is brought into sight. */
import { useLayoutEffect, useRef } from 'preact/hooks';

interface Props {
  /** The elements that are lit, together. */
  readonly selector: string;
}

/** Room around what is lit, in pixels. */
const AROUND = 6;
/** How far below the window's upper edge it begins: the header stands there. */
const BELOW = 84;

export function Light({ selector }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const place = () => {
      const lit = box.current;
      const rects = [...document.querySelectorAll(selector)].map((one) =>
        one.getBoundingClientRect(),
      );
      if (lit === null || rects.length === 0) {
        return null;
      }
      const top = Math.min(...rects.map((rect) => rect.top)) + scrollY - AROUND;
      const left = Math.max(0, Math.min(...rects.map((rect) => rect.left)) - AROUND);
      lit.style.top = `${top}px`;
      lit.style.left = `${left}px`;
      lit.style.height = `${Math.max(...rects.map((rect) => rect.bottom)) + scrollY + AROUND - top}px`;
      lit.style.width = `${Math.max(...rects.map((rect) => rect.right)) + AROUND - left}px`;
      return top;
    };
    const top = place();
    if (top !== null) {
      scrollTo({ top: top - BELOW });
    }
    const observer = new ResizeObserver(place);
    observer.observe(document.body);
    return () => {
      observer.disconnect();
    };
  }, [selector]);
  return <div ref={box} class="light" aria-hidden="true" />;
}
