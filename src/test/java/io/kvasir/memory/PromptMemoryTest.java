package io.kvasir.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.Passage;
import io.kvasir.core.PathTrace.Stored;
import io.kvasir.core.PathTrace.Stored.Outcome;
import io.kvasir.core.ProblemException;
import io.kvasir.core.PromptPart;
import io.kvasir.core.Workspace;
import io.kvasir.generate.Prompt;
import io.kvasir.generate.ScriptedGenerator;
import io.kvasir.generate.StoredRows;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever the store does, a question is answered, and its trace says what happened. */
final class PromptMemoryTest {
  private static final int DOCUMENTS = 400;
  // 400 tokens of this decoder take 25 KiB in single precision.
  private final ScriptedGenerator decoder = new ScriptedGenerator(4_096, "yes");
  private final Store store = new Store();
  private final PromptMemory memory =
      memory(new MemoryOptions(1 << 20, 60 << 10, 1, MemoryOptions.DEFAULT.passages(), 1));

  @Test
  void asksForTheTokensUpToTheLastPassage() {
    store.answer = Future.succeededFuture(new MemoryStore.Answer.Missing());

    Stored stored = stored(recall(prompt(DOCUMENTS)));

    assertThat(stored.outcome()).isEqualTo(Outcome.MISSING);
    assertThat(stored.tokens()).isEqualTo(DOCUMENTS);
    assertThat(store.asked)
        .singleElement()
        .satisfies(
            key -> {
              assertThat(key.decoder()).isEqualTo(decoder.description().weights().rows());
              assertThat(key.ids()).isEqualTo(Arrays.copyOf(prompt(DOCUMENTS).ids(), DOCUMENTS));
            });
  }

  @Test
  void doesNotAskForWhatIsReadFasterOrHasSomethingElseBeforeIt() {
    assertThat(recall(prompt(PromptMemory.LEAST_TOKENS - 1)).stored()).isNull();
    int[] ids = new int[600];
    Prompt later =
        new Prompt(
            ids,
            "",
            List.of(
                new PromptPart(PromptPart.Kind.SINK, 1, null),
                new PromptPart(PromptPart.Kind.QUESTION, 99, null),
                new PromptPart(PromptPart.Kind.ANSWER, 100, null),
                new PromptPart(PromptPart.Kind.PASSAGE, 400, 7L)));
    assertThat(recall(later).stored()).as("an earlier turn stands before").isNull();
    assertThat(store.asked).isEmpty();
  }

  @Test
  void doesNotReadWhatTheDecoderRemembersNorWaitForTheStore() {
    store.answer = Promise.<MemoryStore.Answer>promise().future();
    decoder.reads(DOCUMENTS - 10, 1);
    assertThat(recall(prompt(DOCUMENTS)).stored()).isNull();
  }

  @Test
  void waitsNoLongerThanReadingTheTextWouldTake() {
    store.answer = Promise.<MemoryStore.Answer>promise().future();
    decoder.reads(0, 0.0001);
    Stored stored = stored(recall(prompt(DOCUMENTS)));
    assertThat(stored.outcome()).isEqualTo(Outcome.LATE);
    assertThat(stored.ms()).isLessThan(900);
  }

  @Test
  void saysNothingOfACollectionThatKeepsNothing() {
    store.answer = Future.succeededFuture(new MemoryStore.Answer.Off());
    assertThat(recall(prompt(DOCUMENTS)).stored()).isNull();
  }

  @Test
  void goesOnWithoutAStoreThatIsAwayBrokenOrLate() {
    store.answer =
        Future.failedFuture(new ProblemException(ProblemException.Kind.UNAVAILABLE, "gone"));
    assertThat(stored(recall(prompt(DOCUMENTS))).outcome()).isEqualTo(Outcome.AWAY);
    store.answer = Future.succeededFuture(new MemoryStore.Answer.Found(1, 2, 10));
    assertThat(stored(recall(prompt(DOCUMENTS))).outcome()).isEqualTo(Outcome.BROKEN);
    store.answer = Promise.<MemoryStore.Answer>promise().future();
    assertThat(stored(recall(prompt(DOCUMENTS))).outcome()).isEqualTo(Outcome.LATE);
  }

  @Test
  void readsNoMoreAtATimeThanItMayAndMoreOnceRowsAreUsed() {
    StoredRows rows =
        new StoredRows(new int[DOCUMENTS], 0, AttentionPrecision.FLOAT32, List.of(new byte[10]));
    store.answer = Future.succeededFuture(new MemoryStore.Answer.Found(1, 1, 10));
    store.rows = Optional.of(rows);
    PromptMemory.Recalled first = recall(prompt(DOCUMENTS));
    assertThat(stored(first)).returns(Outcome.READ, Stored::outcome).returns(10L, Stored::bytes);
    recall(prompt(DOCUMENTS));
    assertThat(stored(recall(prompt(DOCUMENTS))).outcome()).isEqualTo(Outcome.BUSY);

    first.rows().release();
    first.rows().release();

    assertThat(stored(recall(prompt(DOCUMENTS))).outcome()).isEqualTo(Outcome.READ);
    assertThat(stored(recall(prompt(DOCUMENTS))).outcome()).isEqualTo(Outcome.BUSY);
  }

  private PromptMemory.Recalled recall(Prompt prompt) {
    return memory.recall(Workspace.ONLY, "pond", decoder, prompt, Set.of(1L));
  }

  private PromptMemory memory(MemoryOptions options) {
    return new PromptMemory(store, options, new RowsHeap(options));
  }

  private static Stored stored(PromptMemory.Recalled recalled) {
    Stored stored = recalled.stored();
    assertThat(stored).isNotNull();
    return stored;
  }

  /** Instructions, passages up to so many tokens, and a question. */
  private static Prompt prompt(int documents) {
    return new Prompt(
        IntStream.range(0, documents + 30).toArray(),
        "",
        List.of(
            new PromptPart(PromptPart.Kind.SINK, 1, null),
            new PromptPart(PromptPart.Kind.INSTRUCTION, 49, null),
            new PromptPart(PromptPart.Kind.PASSAGE, 100, 5L),
            new PromptPart(PromptPart.Kind.TEMPLATE, 2, null),
            new PromptPart(PromptPart.Kind.PASSAGE, documents - 152, 6L),
            new PromptPart(PromptPart.Kind.QUESTION, 20, null),
            new PromptPart(PromptPart.Kind.TEMPLATE, 10, null)));
  }

  /** Answers what it is told to. */
  private static final class Store implements MemoryStore {
    final List<RowsKey> asked = new ArrayList<>();
    Future<Answer> answer = Future.succeededFuture(new Answer.Off());
    Optional<StoredRows> rows = Optional.empty();

    @Override
    public Future<Answer> find(Workspace workspace, String collection, RowsKey key) {
      asked.add(key);
      return answer;
    }

    @Override
    public Future<Optional<StoredRows>> read(Answer.Found found, RowsKey key) {
      return Future.succeededFuture(rows);
    }

    @Override
    public Future<Boolean> write(
        Workspace workspace,
        String collection,
        RowsKey key,
        Source source,
        StoredRows rows,
        long most) {
      throw new AssertionError("nobody gave rows");
    }

    @Override
    public Future<List<Passage>> passages(
        Workspace workspace, String collection, long after, int limit) {
      throw new AssertionError("not asked for");
    }

    @Override
    public Future<Status> keep(Workspace workspace, String collection) {
      throw new AssertionError("not asked for");
    }

    @Override
    public Future<Status> drop(Workspace workspace, String collection) {
      throw new AssertionError("not asked for");
    }

    @Override
    public Future<Status> status(Workspace workspace, String collection) {
      throw new AssertionError("not asked for");
    }
  }
}
