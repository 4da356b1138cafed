/** The width of an element, for drawings that are laid out anew rather than scaled. */
import { useEffect, useRef, useState } from 'preact/hooks';

export function useWidth(before: number) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(before);
  useEffect(() => {
    const element = frame.current;
    if (element === null) {
      return;
    }
    const observer = new ResizeObserver(() => {
      setWidth(element.clientWidth);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  return { frame, width };
}
