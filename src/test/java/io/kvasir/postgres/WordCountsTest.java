package io.kvasir.postgres;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.Document;
import io.kvasir.core.Workspace;
import io.kvasir.retrieve.Library.NewCollection;
import io.kvasir.retrieve.Library.NewDocument;
import io.kvasir.retrieve.Library.NewPassage;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The kept counts of words are what counting would give, whoever writes and whenever. */
@ExtendWith(PostgresExtension.class)
final class WordCountsTest {
  private static final String MISCOUNTED =
      """
      WITH kept AS (
        SELECT collection_id, word, sum(passages) AS passages FROM (
          SELECT * FROM word_counts UNION ALL SELECT * FROM word_count_changes) AS counts
        GROUP BY collection_id, word HAVING sum(passages) <> 0
      ), counted AS (
        SELECT collection_id, word, count(*) AS passages
        FROM passages, unnest(tsvector_to_array(terms)) AS words(word) GROUP BY collection_id, word)
      SELECT format('%s: %s kept, %s counted', word, k.passages, c.passages)
      FROM kept k FULL JOIN counted c USING (collection_id, word)
      WHERE k.passages IS DISTINCT FROM c.passages""";

  private static Database database;
  private static PostgresLibrary library;

  @BeforeAll
  static void open(Database migrated) {
    database = migrated;
    library = new PostgresLibrary(database);
  }

  @Test
  void afterDocumentsCameWereReplacedAndWent() {
    long id = create("changing");
    for (int i = 0; i < 6; i++) {
      put("changing", "d" + i, i);
      assertThat(miscounted(database)).isEmpty();
      settle(id);
      assertThat(miscounted(database)).isEmpty();
    }
    put("changing", "d1", 100);
    await(library.deleteDocument(Workspace.ONLY, document("changing", "d2")));
    assertThat(miscounted(database)).isEmpty();
    settle(id);
    assertThat(miscounted(database)).isEmpty();
    assertThat(rows("word_count_changes", id)).isZero();
  }

  @Test
  void whileSeveralWriteAndAddUp() {
    long id = create("busy");
    List<Future<?>> writers = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      int first = writer;
      Future<?> last = Future.succeededFuture();
      for (int i = 0; i < 6; i++) {
        // Two writers for each document, so they replace each other's, too.
        String name = "d" + (first / 2 * 6 + i);
        int seed = first * 10 + i;
        last =
            last.compose(before -> putting("busy", name, seed))
                .compose(
                    written ->
                        database.transaction(connection -> WordCounts.settle(connection, id, 1)));
      }
      writers.add(last);
    }
    await(Future.all(writers));
    assertThat(miscounted(database)).isEmpty();
    settle(id);
    assertThat(miscounted(database)).isEmpty();
  }

  @Test
  void whatAnAbortedWriterCountedIsNotThere() {
    long id = create("aborted");
    put("aborted", "kept", 1);
    await(
        database
            .transaction(
                connection ->
                    connection
                        .preparedQuery("DELETE FROM passages WHERE collection_id = $1")
                        .execute(Tuple.of(id))
                        .compose(deleted -> WordCounts.settle(connection, id, 1))
                        .compose(settled -> Future.failedFuture("changed its mind")))
            .otherwiseEmpty());
    assertThat(rows("word_count_changes", id)).isPositive();
    assertThat(miscounted(database)).isEmpty();
  }

  @Test
  void wordsThatNoPassageHoldsAnyMoreTakeNoRoom() {
    long id = create("emptied");
    put("emptied", "d", 1);
    settle(id);
    assertThat(rows("word_counts", id)).isPositive();
    await(library.deleteDocument(Workspace.ONLY, document("emptied", "d")));
    settle(id);
    assertThat(rows("word_counts", id)).isZero();
  }

  @Test
  void theyGoWithTheirCollection() {
    long id = create("going");
    put("going", "settled", 1);
    settle(id);
    put("going", "changed", 2);
    await(library.delete(Workspace.ONLY, "going"));
    assertThat(rows("word_counts", id) + rows("word_count_changes", id)).isZero();
  }

  @Test
  void manyChangesAreAddedUpByWhoeverWrites() {
    long id = create("large");
    await(
        database.query(
            "INSERT INTO word_count_changes SELECT $1, 'w' || n % 50, 1 - n / 50 % 2 * 2 FROM generate_series(0, $2 - 1) AS n",
            Tuple.of(id, WordCounts.CHANGES)));
    put("large", "d", 1);
    assertThat(rows("word_count_changes", id)).isZero();
    assertThat(miscounted(database)).isEmpty();
  }

  /** The words of all collections whose count is not what counting gives. */
  static List<String> miscounted(Database database) {
    return await(database.list(MISCOUNTED, Tuple.tuple(), row -> row.getString(0)));
  }

  private static int rows(String table, long collection) {
    return await(
            database.list(
                "SELECT count(*)::int FROM %s WHERE collection_id = $1".formatted(table),
                Tuple.of(collection),
                row -> row.getInteger(0)))
        .get(0);
  }

  private static void settle(long collection) {
    await(database.transaction(connection -> WordCounts.settle(connection, collection, 1)));
  }

  private static long create(String name) {
    await(library.create(Workspace.ONLY, new NewCollection(name, "en", "toy-en", 2)));
    return await(
            database.list(
                "SELECT id FROM collections WHERE name = $1",
                Tuple.of(name),
                row -> row.getLong(0)))
        .get(0);
  }

  private static long document(String collection, String name) {
    return await(library.documents(Workspace.ONLY, collection)).stream()
        .filter(document -> document.name().equals(name))
        .findAny()
        .orElseThrow()
        .id();
  }

  private static void put(String collection, String name, int seed) {
    await(putting(collection, name, seed));
  }

  private static Future<Document> putting(String collection, String name, int seed) {
    Random random = new Random(seed);
    List<NewPassage> passages =
        IntStream.range(0, 8)
            .mapToObj(
                i -> {
                  StringBuilder text = new StringBuilder();
                  for (int word = 0; word < 12; word++) {
                    text.append("word").append(random.nextInt(40)).append(' ');
                  }
                  return new NewPassage(
                      i, "", null, 0, 1, text.toString(), "value", new float[] {1, 0});
                })
            .toList();
    return library.put(
        Workspace.ONLY, collection, new NewDocument(name, name, "text/plain", null, ""), passages);
  }
}
