package io.kvasir.observe;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.Trace;
import io.kvasir.generate.GenerationEvent;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Several listeners as one; each is told in order. */
public final class Listeners {
  private Listeners() {}

  /** One listener that tells others of questions. */
  public static AnswerListener ofAnswers(List<AnswerListener> listeners) {
    return () -> {
      List<AnswerListener.Asked> all = listeners.stream().map(AnswerListener::asked).toList();
      return new AnswerListener.Asked() {
        @Override
        public void retrieved(double encodeMs, double searchMs) {
          all.forEach(one -> one.retrieved(encodeMs, searchMs));
        }

        @Override
        public void named(String contrast, String question) {
          all.forEach(one -> one.named(contrast, question));
        }

        @Override
        public Consumer<GenerationEvent> answering(
            AnswerPath path, String model, int promptTokens) {
          return together(one -> one.answering(path, model, promptTokens));
        }

        @Override
        public Consumer<GenerationEvent> chatting(String model, int promptTokens) {
          return together(one -> one.chatting(model, promptTokens));
        }

        private Consumer<GenerationEvent> together(
            Function<AnswerListener.Asked, Consumer<GenerationEvent>> each) {
          return all.stream().map(each).reduce(Consumer::andThen).orElse(event -> {});
        }

        @Override
        public void ended(Trace.Status status) {
          all.forEach(one -> one.ended(status));
        }
      };
    };
  }

  /** One listener that tells others of requests. */
  public static RequestListener ofRequests(List<RequestListener> listeners) {
    return new RequestListener() {
      @Override
      public Handling began(String method, String path, @Nullable String traceParent) {
        return both(listeners.stream().map(one -> one.began(method, path, traceParent)).toList());
      }

      @Override
      public void loopBeat(long lateNanos, long workedNanos) {
        listeners.forEach(one -> one.loopBeat(lateNanos, workedNanos));
      }
    };
  }

  private static RequestListener.Handling both(List<RequestListener.Handling> handlings) {
    return new RequestListener.Handling() {
      @Override
      public <T> T within(Supplier<T> work) {
        Supplier<T> wrapped = work;
        for (RequestListener.Handling one : handlings) {
          Supplier<T> inner = wrapped;
          wrapped = () -> one.within(inner);
        }
        return wrapped.get();
      }

      @Override
      public void ended(String route, int status) {
        handlings.forEach(one -> one.ended(route, status));
      }
    };
  }
}
