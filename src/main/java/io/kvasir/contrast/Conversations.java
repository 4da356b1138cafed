package io.kvasir.contrast;

import io.kvasir.contrast.ContrastStore.Summary;
import io.kvasir.core.Workspace;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The history as conversations: found, named, branched off, deleted. */
public interface Conversations {
  /** The longest title. */
  int TITLE_CHARACTERS = 200;

  /**
   * A conversation.
   *
   * @param id shared by its contrasts
   * @param title as somebody named it; its first question otherwise
   * @param named whether somebody did
   * @param createdAt when its first question was asked
   * @param askedAt when its last one was
   * @param contrasts how many questions it has, those aside that it branched off behind
   * @param last its last contrast
   */
  record Conversation(
      String id,
      String title,
      boolean named,
      Instant createdAt,
      Instant askedAt,
      int contrasts,
      Summary last) {}

  /**
   * Conversations, the last asked first.
   *
   * @param search words that a question of it or its title must contain; null for all
   * @param before only those asked last before that; null for the newest
   * @param limit the most
   */
  Future<List<Conversation>> list(
      Workspace workspace, @Nullable String search, @Nullable Instant before, int limit);

  /**
   * The contrasts of a conversation, oldest first, also those that it branched off behind; these
   * name the conversation that they are of. NOT_FOUND if it has none.
   */
  Future<List<Summary>> contrasts(Workspace workspace, String conversation);

  /**
   * Names a conversation; null for what it is called by itself. NOT_FOUND if it has no contrast.
   */
  Future<Void> rename(Workspace workspace, String conversation, @Nullable String title);

  /**
   * Begins a conversation that goes on where another one was before a contrast, so that its
   * question can be asked otherwise. NOT_FOUND if there is no such contrast.
   *
   * @return the id of the conversation, for the question that follows
   */
  Future<String> branch(Workspace workspace, String contrast);

  /**
   * Deletes conversations with all of their contrasts, except those that still run.
   *
   * @return how many contrasts are gone
   */
  Future<Integer> delete(Workspace workspace, List<String> conversations);

  /**
   * Deletes conversations of every workspace in which nobody asked for so long, a bounded number of
   * them.
   *
   * @return how many contrasts are gone; 0 if there is nothing left to do
   */
  Future<Integer> forget(Duration age);
}
