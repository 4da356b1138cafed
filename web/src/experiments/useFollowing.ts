/** Asks again and again while something moves and somebody looks. */
import { useEffect } from 'preact/hooks';

/** How often a running experiment is asked after, in milliseconds. */
const POLL_MS = 1000;

/**
 * Asks at once, and while it moves every second; not while the page is out of sight, but as soon as
 * it is back.
 *
 * @param ask the same function as long as the same is asked
 */
export function useFollowing(ask: () => Promise<void>, moving: boolean): void {
  useEffect(() => {
    void ask();
  }, [ask]);
  useEffect(() => {
    if (!moving) {
      return;
    }
    let asking = false;
    const look = () => {
      if (!document.hidden && !asking) {
        asking = true;
        void ask().finally(() => {
          asking = false;
        });
      }
    };
    const timer = setInterval(look, POLL_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [ask, moving]);
}
