package io.kvasir.http;

import io.kvasir.contrast.ContrastStore.Summary;
import io.kvasir.contrast.Conversations;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One conversation of one contrast; remembers how it was named last. */
final class FakeConversations implements Conversations {
  private static final Summary LINE =
      new Summary("c", Samples.TIME, Trace.Status.COMPLETE, "c", "Which?", "faq", "tiny");

  volatile @Nullable String title;

  @Override
  public Future<List<Conversation>> list(
      Workspace workspace, @Nullable String search, @Nullable Instant before, int limit) {
    return Future.succeededFuture(
        List.of(new Conversation("c", "Which?", false, Samples.TIME, Samples.TIME, 1, LINE)));
  }

  @Override
  public Future<List<Summary>> contrasts(Workspace workspace, String conversation) {
    return Future.succeededFuture(List.of(LINE));
  }

  @Override
  public Future<Void> rename(Workspace workspace, String conversation, @Nullable String name) {
    title = name;
    return Future.succeededFuture();
  }

  @Override
  public Future<String> branch(Workspace workspace, String contrast) {
    return Future.succeededFuture("b");
  }

  @Override
  public Future<Integer> delete(Workspace workspace, List<String> conversations) {
    return Future.succeededFuture(conversations.size());
  }

  @Override
  public Future<Integer> forget(Duration age) {
    return Future.succeededFuture(0);
  }
}
