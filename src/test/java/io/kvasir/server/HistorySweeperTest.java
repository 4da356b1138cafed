package io.kvasir.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.contrast.ContrastStore.Summary;
import io.kvasir.contrast.Conversations;
import io.kvasir.core.Workspace;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old conversations are forgotten step by step, and only where somebody said so. */
final class HistorySweeperTest {
  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final Steps steps = new Steps();

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void sweepsUntilNothingIsLeft() {
    HistorySweeper sweeper = sweeper(Map.of("KVASIR_HISTORY_KEEP_DAYS", "30"));
    steps.left.addAll(List.of(200, 7));
    sweeper.start();
    assertThat(steps.ages).containsOnly(Duration.ofDays(30)).hasSize(3);
    sweeper.stop();
  }

  @Test
  void unsetItKeepsEverything() {
    sweeper(Map.of()).start();
    assertThat(steps.ages).isEmpty();
  }

  private HistorySweeper sweeper(Map<String, String> environment) {
    return new HistorySweeper(
        vertx, steps, ServerSettings.ALL.load(folder.resolve("none"), environment));
  }

  /** Conversations of which so many contrasts go with each step. */
  private static final class Steps implements Conversations {
    final Deque<Integer> left = new ArrayDeque<>();
    final List<Duration> ages = new ArrayList<>();

    @Override
    public Future<Integer> forget(Duration age) {
      ages.add(age);
      return Future.succeededFuture(left.isEmpty() ? 0 : left.remove());
    }

    @Override
    public Future<List<Conversation>> list(
        Workspace workspace, @Nullable String search, @Nullable Instant before, int limit) {
      throw new AssertionError("a sweeper lists nothing");
    }

    @Override
    public Future<List<Summary>> contrasts(Workspace workspace, String conversation) {
      throw new AssertionError("a sweeper reads nothing");
    }

    @Override
    public Future<Void> rename(Workspace workspace, String conversation, @Nullable String title) {
      throw new AssertionError("a sweeper names nothing");
    }

    @Override
    public Future<String> branch(Workspace workspace, String contrast) {
      throw new AssertionError("a sweeper branches nothing off");
    }

    @Override
    public Future<Integer> delete(Workspace workspace, List<String> conversations) {
      throw new AssertionError("a sweeper deletes by age alone");
    }
  }
}
