package io.kvasir.generate;

import io.kvasir.core.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Renders on threads of its own, so that nobody who asks for a prompt, nor the thread that
 * generates, waits longer than a limit, and so that a template that nests deep finds room.
 */
final class TemplateThread {
  /**
   * How long a rendering is waited for; it uses up {@link Rendering#MAX_TIME} before, if it can.
   */
  static final Duration MAX_WAIT = Duration.ofSeconds(10);

  /** Renderings of one template at a time; one that was not waited for counts until it ends. */
  static final int MAX_THREADS = 2;

  /** Reserved, not taken: a long chain of operators is a deep tree. */
  private static final long STACK_BYTES = 64L << 20;

  private final Semaphore free = new Semaphore(MAX_THREADS);

  /**
   * What the task makes.
   *
   * @param messages that the template is given
   * @throws ProblemException INVALID if it was ended, BUSY if others do not end
   */
  String call(List<?> messages, Callable<String> task) {
    AtomicReference<@Nullable Rendering> begun = new AtomicReference<>();
    CompletableFuture<String> made = new CompletableFuture<>();
    try {
      if (!free.tryAcquire(MAX_WAIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new ProblemException(
            ProblemException.Kind.BUSY,
            "the decoder's chat template is still busy with other chats; ask again");
      }
      start(() -> run(messages, task, begun, made));
      return made.get(MAX_WAIT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      ProblemException late =
          Rendering.tooLong("it takes more than %d s".formatted(MAX_WAIT.toSeconds()));
      Rendering rendering = begun.get();
      if (rendering != null) {
        rendering.refuse(late);
      }
      throw late;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ProblemException problem ? problem : failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(
          ProblemException.Kind.UNAVAILABLE, "Kvasir is stopping; ask again when it runs", e);
    }
  }

  private static void start(Runnable body) {
    Thread thread = new Thread(null, body, "chat-template", STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
  }

  private void run(
      List<?> messages,
      Callable<String> task,
      AtomicReference<@Nullable Rendering> begun,
      CompletableFuture<String> made) {
    Rendering rendering = Rendering.begin(messages);
    begun.set(rendering);
    try {
      String text = task.call();
      ProblemException refusal = rendering.refusal();
      if (refusal != null) {
        made.completeExceptionally(refusal);
      } else {
        made.complete(text);
      }
    } catch (StackOverflowError e) {
      made.completeExceptionally(Rendering.tooLong("it nests too deep"));
    } catch (Throwable e) {
      ProblemException refusal = rendering.refusal();
      made.completeExceptionally(refusal != null ? refusal : e);
    } finally {
      free.release();
    }
  }

  private static ProblemException failed(ExecutionException e) {
    return new ProblemException(
        ProblemException.Kind.INVALID,
        "the decoder's chat template cannot be rendered (%s); use another file of this model"
            .formatted(e.getCause()),
        e);
  }
}
