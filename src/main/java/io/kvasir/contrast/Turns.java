package io.kvasir.contrast;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.vertx.core.Future;
import java.util.List;

/** Finds where a question stands in its conversation: behind what was said, or beside another. */
final class Turns {
  /**
   * A question at its place.
   *
   * @param request in its conversation
   * @param earlier what was said before it
   */
  record Turn(ContrastRequest request, ConversationHistory earlier) {}

  private final ContrastStore store;
  private final LiveContrasts live;

  /**
   * The turns of stored and running contrasts.
   *
   * @param store where traces are kept
   * @param live what runs
   */
  Turns(ContrastStore store, LiveContrasts live) {
    this.store = store;
    this.live = live;
  }

  /** The place of a question; NOT_FOUND or INVALID if it can not stand beside what it names. */
  Future<Turn> before(Workspace workspace, ContrastRequest request) {
    String beside = request.beside();
    if (beside != null) {
      return live.trace(workspace, beside).compose(first -> beside(workspace, request, first));
    }
    String conversation = request.conversation();
    return conversation == null
        ? Future.succeededFuture(new Turn(request, new ConversationHistory(List.of())))
        : traces(workspace, conversation)
            .map(traces -> new Turn(request, ConversationHistory.of(traces)));
  }

  private Future<Turn> beside(Workspace workspace, ContrastRequest request, Trace first) {
    if (first.beside() != null) {
      return invalid(
          "beside is %s, which stands beside %s itself; name that one"
              .formatted(first.id(), first.beside()));
    }
    if (!first.question().equals(request.question())) {
      return invalid("beside is %s, which asked another question".formatted(first.id()));
    }
    return traces(workspace, first.conversation())
        .compose(
            traces ->
                traces.stream().anyMatch(trace -> trace.id().equals(first.id()))
                    ? Future.succeededFuture(
                        new Turn(
                            request.in(first.conversation()),
                            ConversationHistory.beside(traces, first)))
                    : invalid(
                        "beside is %s, which is not one of the last %d contrasts of its conversation"
                            .formatted(first.id(), ConversationHistory.MOST_TRACES)));
  }

  private Future<List<Trace>> traces(Workspace workspace, String conversation) {
    return store.conversation(workspace, conversation, ConversationHistory.MOST_TRACES);
  }

  private static Future<Turn> invalid(String message) {
    return Future.failedFuture(new ProblemException(Kind.INVALID, message));
  }
}
