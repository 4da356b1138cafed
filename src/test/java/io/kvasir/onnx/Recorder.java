package io.kvasir.onnx;

import io.kvasir.generate.GenerationEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Keeps the events of one generation and waits for them. */
public final class Recorder implements Consumer<GenerationEvent> {
  private final List<GenerationEvent> events = new ArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final CountDownLatch firstToken = new CountDownLatch(1);
  private final CountDownLatch queued = new CountDownLatch(1);

  @Override
  public synchronized void accept(GenerationEvent event) {
    events.add(event);
    if (event instanceof GenerationEvent.Queued) {
      queued.countDown();
    }
    if (event instanceof GenerationEvent.Token) {
      firstToken.countDown();
    }
    if (event instanceof GenerationEvent.Finished || event instanceof GenerationEvent.Failed) {
      end.countDown();
    }
  }

  public void awaitQueued() {
    await(queued);
  }

  public void awaitFirstToken() {
    await(firstToken);
  }

  public Recorder awaitEnd() {
    await(end);
    return this;
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("nothing came in 30 s");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public synchronized <E extends GenerationEvent> List<E> all(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  public List<Integer> ids() {
    return all(GenerationEvent.Token.class).stream().map(GenerationEvent.Token::id).toList();
  }

  public List<Double> logprobs() {
    return all(GenerationEvent.Token.class).stream().map(GenerationEvent.Token::logprob).toList();
  }

  public GenerationEvent.Finished finished() {
    return all(GenerationEvent.Finished.class).get(0);
  }

  public String text() {
    StringBuilder text = new StringBuilder();
    all(GenerationEvent.Token.class).forEach(token -> text.append(token.text()));
    return text.append(finished().tail()).toString();
  }
}
