/** Lets everything go that is pointed at or pinned when Escape is pressed. */
import { useEffect } from 'preact/hooks';
import { clearFocus } from '../state/focus';

export function useEscape(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        clearFocus();
      }
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  }, []);
}
