package io.kvasir.contrast;

import io.kvasir.core.Workspace;
import io.kvasir.generate.StoredRows;
import io.kvasir.memory.MemoryLimits;
import io.kvasir.memory.MemoryStore;
import io.kvasir.memory.PromptMemory;
import io.kvasir.memory.RowsKey;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;

/** A store of rows for collections that keep none. */
public final class NothingKept implements MemoryStore {
  private static final Status NOTHING = new Status(false, 0, 0, 0);

  /** A memory without anything. */
  public static PromptMemory memory() {
    return new PromptMemory(new NothingKept(), MemoryLimits.DEFAULT);
  }

  @Override
  public Future<Answer> find(Workspace workspace, String collection, RowsKey key) {
    return Future.succeededFuture(new Answer.Off());
  }

  @Override
  public Future<Optional<StoredRows>> read(Answer.Found found, RowsKey key) {
    return Future.succeededFuture(Optional.empty());
  }

  @Override
  public Future<Boolean> write(
      Workspace workspace,
      String collection,
      RowsKey key,
      Set<Long> documents,
      StoredRows rows,
      long most) {
    return Future.succeededFuture(false);
  }

  @Override
  public Future<Status> keep(Workspace workspace, String collection) {
    return Future.succeededFuture(NOTHING);
  }

  @Override
  public Future<Status> drop(Workspace workspace, String collection) {
    return Future.succeededFuture(NOTHING);
  }

  @Override
  public Future<Status> status(Workspace workspace, String collection) {
    return Future.succeededFuture(NOTHING);
  }
}
