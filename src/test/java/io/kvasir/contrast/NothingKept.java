package io.kvasir.contrast;

import io.kvasir.core.Passage;
import io.kvasir.core.Workspace;
import io.kvasir.generate.StoredRows;
import io.kvasir.memory.KeyTable;
import io.kvasir.memory.Memory;
import io.kvasir.memory.MemoryOptions;
import io.kvasir.memory.MemoryStore;
import io.kvasir.memory.PassageReader;
import io.kvasir.memory.RowsKey;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store of rows for collections that keep none, and a reader whose reading is lost. */
public final class NothingKept implements MemoryStore, PassageReader, CollectionAttention {
  private static final Status NOTHING = new Status(false, 0, 0, 0, 0);

  /** A memory without anything. */
  public static Memory memory() {
    return Memory.of(new NothingKept(), MemoryOptions.DEFAULT);
  }

  @Override
  public Future<Found> look(Workspace workspace, String collection, Asked asked) {
    return Future.succeededFuture(
        new Found(
            "tiny",
            1,
            2,
            List.of("Which", "?"),
            0,
            70,
            40,
            2,
            List.of(new KeyTable.Attended(7, "frogs.md", "Frogs", 0.75)),
            List.of(new Token(" frog", 7, 3, 0.5)),
            1.5,
            3,
            0,
            2,
            "SELECT"));
  }

  @Override
  public String decoder(@Nullable String name) {
    return name == null ? "tiny" : name;
  }

  @Override
  public Future<List<Passage>> next(Workspace workspace, String collection, long after, int limit) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<Boolean> keep(
      Workspace workspace, String collection, String decoder, Passage passage) {
    return Future.succeededFuture(false);
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
      Source source,
      StoredRows rows,
      long most) {
    return Future.succeededFuture(false);
  }

  @Override
  public Future<List<Passage>> passages(
      Workspace workspace, String collection, long after, int limit) {
    return Future.succeededFuture(List.of());
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
