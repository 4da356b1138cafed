package io.kvasir.retrieve;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Scope;
import io.kvasir.core.Workspace;
import io.vertx.core.Future;

/**
 * Searches a replica of the library; where that does not answer, does not know the collection yet,
 * or has to give way to what it replicates, the library itself.
 */
public final class ReplicaRetriever implements Retriever {
  private final Retriever replica;
  private final Retriever primary;

  /**
   * A retriever over both.
   *
   * @param replica is asked first
   * @param primary is asked where the replica cannot answer
   */
  public ReplicaRetriever(Retriever replica, Retriever primary) {
    this.replica = replica;
    this.primary = primary;
  }

  @Override
  public Fusion fusion() {
    return primary.fusion();
  }

  @Override
  public Future<Retrieval> retrieve(
      Workspace workspace, String collection, Scope scope, String question, int k) {
    return replica
        .retrieve(workspace, collection, scope, question, k)
        .recover(
            failure ->
                isOfQuestion(failure)
                    ? Future.failedFuture(failure)
                    : primary.retrieve(workspace, collection, scope, question, k));
  }

  private static boolean isOfQuestion(Throwable failure) {
    return failure instanceof ProblemException problem
        && (problem.kind() == Kind.INVALID
            || problem.kind() == Kind.TOO_LARGE
            || problem.kind() == Kind.BUSY);
  }
}
