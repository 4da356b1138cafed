package io.kvasir.observe;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Is told of every HTTP request and its answer. Called on the event loop; must not block. */
public interface RequestListener {
  /** Watches nothing. */
  RequestListener NONE =
      new RequestListener() {
        @Override
        public Handling began(String method, String path, @Nullable String traceParent) {
          return new Handling() {
            @Override
            public <T> T within(Supplier<T> work) {
              return work.get();
            }

            @Override
            public void ended(String route, int status) {}
          };
        }

        @Override
        public void loopBeat(long lateNanos, long workedNanos) {}
      };

  /** A request while it is answered. */
  interface Handling {
    /** Starts the work that the request asks for, so that what is watched of it belongs to it. */
    <T> T within(Supplier<T> work);

    /**
     * It is answered, or its client is gone.
     *
     * @param route the route that took it, with names in place of values; one of few
     * @param status of the answer
     */
    void ended(String route, int status);
  }

  /**
   * A request came.
   *
   * @param method of HTTP; may be anything
   * @param path as asked; may be anything
   * @param traceParent the header of that name; null if there is none
   */
  Handling began(String method, String path, @Nullable String traceParent);

  /**
   * The event loop did what it does again and again.
   *
   * @param lateNanos later than it should have
   * @param workedNanos processor time that it took since the last time
   */
  void loopBeat(long lateNanos, long workedNanos);
}
