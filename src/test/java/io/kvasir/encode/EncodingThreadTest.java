package io.kvasir.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.ProblemException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who asks a question is not held up by documents, and nobody waits without an end. */
final class EncodingThreadTest {
  private final EncodingThread thread = new EncodingThread("encoding");
  private final List<String> done = new CopyOnWriteArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch go = new CountDownLatch(1);

  @AfterEach
  void close() {
    go.countDown();
    thread.close();
  }

  /** Occupies the thread until it may go on. */
  private void occupy() throws InterruptedException {
    thread.question(
        () -> {
          begun.countDown();
          await(go);
        });
    await(begun);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void questionsOvertakeBatchesAndBatchesOtherRequests() throws Exception {
    occupy();
    thread.request(
        () -> {
          done.add("request");
          thread.batch(() -> done.add("its batch"));
          thread.question(() -> done.add("late question"));
        });
    CountDownLatch last = new CountDownLatch(1);
    thread.request(
        () -> {
          done.add("other request");
          last.countDown();
        });
    thread.question(() -> done.add("question"));

    go.countDown();
    await(last);

    assertThat(done)
        .containsExactly("question", "request", "late question", "its batch", "other request");
  }

  @Test
  void whereTooManyWaitTheNextIsRefusedAndTheOtherKindIsNot() throws Exception {
    occupy();
    for (int waiting = 0; waiting < EncodingThread.MAX_WAITING_QUESTIONS; waiting++) {
      thread.question(() -> done.add("question"));
    }

    assertThatThrownBy(() -> thread.question(() -> done.add("one too many")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.kind()).isEqualTo(ProblemException.Kind.BUSY))
        .hasMessageContaining("256 requests wait");
    CountDownLatch last = new CountDownLatch(1);
    thread.request(last::countDown);
    go.countDown();
    await(last);
    assertThat(done).hasSize(EncodingThread.MAX_WAITING_QUESTIONS).containsOnly("question");
  }

  @Test
  void whatRunsWhenItIsClosedEndsAndWhatWaitsIsDropped() throws Exception {
    occupy();
    thread.request(() -> done.add("waited"));
    Thread closing = new Thread(thread::close);
    closing.start();
    while (closing.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThatThrownBy(() -> thread.question(() -> done.add("too late")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.kind()).isEqualTo(ProblemException.Kind.UNAVAILABLE));
    go.countDown();
    closing.join(10_000);

    assertThat(closing.isAlive()).isFalse();
    assertThat(done).isEmpty();
  }
}
