package io.kvasir.postgres;

import static io.kvasir.postgres.PostgresExtension.await;
import static io.kvasir.postgres.PostgresExtension.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.Scope;
import io.kvasir.core.Workspace;
import io.kvasir.encode.Encoders;
import io.kvasir.retrieve.Encodings;
import io.kvasir.retrieve.Encodings.Encoding;
import io.kvasir.retrieve.Encodings.PassageVector;
import io.kvasir.retrieve.Encodings.Unencoded;
import io.kvasir.retrieve.Fusion;
import io.kvasir.retrieve.Library.NewCollection;
import io.kvasir.retrieve.Library.NewDocument;
import io.kvasir.retrieve.Library.NewPassage;
import io.kvasir.retrieve.Retriever.Retrieval;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A passage has a vector of each encoder of its collection; one of these answers. */
@ExtendWith(PostgresExtension.class)
final class PostgresEncodingsTest {
  private static final FixedEncoder THREE = new FixedEncoder("three", 3, "en");
  private static final FixedEncoder TWO = new FixedEncoder("two", 2, "en");

  private static PostgresLibrary library;
  private static PostgresRetriever retriever;
  private static Encodings encodings;

  @BeforeAll
  static void open(Database database) {
    library = new PostgresLibrary(database);
    retriever = new PostgresRetriever(database, new Encoders(List.of(THREE, TWO)), Fusion.DEFAULT);
    encodings = new PostgresEncodings(database);
  }

  @Test
  void theOldEncoderAnswersUntilTheNewOneHasAllPassages(Database database) {
    fill("switched", "a", "b", "c");
    Encoding encoding = await(encodings.begin(Workspace.ONLY, "switched", "two", 2));
    List<Unencoded> missing = await(encodings.missing(encoding, 0, 10));
    assertThat(missing).extracting(Unencoded::key).containsExactly("a", "b", "c");
    assertThat(await(encodings.missing(encoding, missing.get(1).passage(), 10)))
        .containsExactly(missing.get(2));
    encode(encoding, missing.subList(0, 2));

    assertThat(await(encodings.serve(encoding))).as("with one missing").isFalse();
    assertThat(found("switched")).returns("three", Retrieval::encoder);

    put("switched", "d");
    await(
        library.deleteDocument(
            Workspace.ONLY, await(library.documents(Workspace.ONLY, "switched")).get(0).id()));
    encode(encoding, await(encodings.missing(encoding, 0, 10)));

    assertThat(await(encodings.serve(encoding))).isTrue();
    Retrieval now = found("switched");
    assertThat(now.encoder()).isEqualTo("two");
    assertThat(now.hits()).hasSize(3).allMatch(hit -> hit.dense() > 0.99);
    assertThat(await(library.collection(Workspace.ONLY, "switched")).encoder()).isEqualTo("two");
    assertThat(vectors(database, "switched")).as("the old ones are gone").containsExactly(1, 3);
  }

  @Test
  void whatWasBegunIsGoneOnWithOrDropped(Database database) {
    fill("begun", "a", "b");
    Encoding first = await(encodings.begin(Workspace.ONLY, "begun", "two", 2));
    encode(first, await(encodings.missing(first, 0, 1)));

    assertThat(await(encodings.begin(Workspace.ONLY, "begun", "two", 2)))
        .isEqualTo(new Encoding(first.id(), first.collection(), 1));
    await(encodings.begin(Workspace.ONLY, "begun", "four", 4));
    assertThatThrownBy(() -> encode(first, List.of(new Unencoded(1, "a"))))
        .hasMessageContaining("another encoder");
    assertThatThrownBy(() -> await(encodings.serve(first))).hasMessageContaining("another encoder");
    Encoding own = await(encodings.begin(Workspace.ONLY, "begun", "three", 3));
    assertThat(own.passages()).isEqualTo(2);
    assertThat(await(encodings.serve(own))).isTrue();
    assertThat(vectors(database, "begun")).containsExactly(1, 2);
    await(library.delete(Workspace.ONLY, "begun"));
    assertThat(
            numbers(
                database,
                "SELECT count(*)::int FROM pg_class WHERE relname = 'vectors_%d'"
                    .formatted(own.id())))
        .containsExactly(0);
  }

  @Test
  void whatAnotherEncoderMadeIsNotPutIn() {
    fill("refused", "a");
    Encoding encoding = await(encodings.begin(Workspace.ONLY, "refused", "three-too", 3));
    encode(encoding, await(encodings.missing(encoding, 0, 10)), new float[] {0, 1, 0});
    assertThat(await(encodings.serve(encoding))).isTrue();
    NewDocument late =
        new NewDocument("late", "late", "text/plain", null, "x", 0, null, false, "three");
    assertThatThrownBy(() -> await(library.put(Workspace.ONLY, "refused", late, passages("late"))))
        .hasMessageContaining("encoded with three-too by now");
    assertThat(await(library.documents(Workspace.ONLY, "refused"))).hasSize(1);
  }

  @Test
  void aPassageThatIsDeletedMeanwhileLeavesNoVector(Database database) {
    fill("deleted", "a", "b");
    Encoding encoding = await(encodings.begin(Workspace.ONLY, "deleted", "two", 2));
    List<Unencoded> missing = await(encodings.missing(encoding, 0, 10));
    await(
        library.deleteDocument(
            Workspace.ONLY, await(library.documents(Workspace.ONLY, "deleted")).get(0).id()));
    encode(encoding, missing);
    assertThat(vectors(database, "deleted")).containsExactly(2, 2);
  }

  private static void encode(Encoding encoding, List<Unencoded> passages) {
    encode(encoding, passages, new float[] {1, 0});
  }

  private static void encode(Encoding encoding, List<Unencoded> passages, float[] vector) {
    await(
        encodings.add(
            encoding,
            passages.stream()
                .map(passage -> new PassageVector(passage.passage(), vector))
                .toList()));
  }

  private static Retrieval found(String collection) {
    return await(retriever.retrieve(Workspace.ONLY, collection, Scope.ALL, "which", 10));
  }

  private static void fill(String collection, String... documents) {
    await(library.create(Workspace.ONLY, new NewCollection(collection, "en", "three", 3)));
    for (String document : documents) {
      put(collection, document);
    }
  }

  private static void put(String collection, String document) {
    await(
        library.put(
            Workspace.ONLY,
            collection,
            new NewDocument(document, document, "text/plain", null, "x"),
            passages(document)));
  }

  private static List<NewPassage> passages(String text) {
    return List.of(new NewPassage(0, "", null, 0, 1, text, text, new float[] {1, 0, 0}));
  }

  /** How many pairs a collection has, and how many vectors they hold. */
  private static List<Integer> vectors(Database database, String collection) {
    return numbers(
        database,
        "SELECT count(DISTINCT e.id)::int, count(v.passage)::int FROM encodings e JOIN collections c ON c.id = e.collection_id LEFT JOIN vectors v ON v.encoding = e.id WHERE c.name = '%s'"
            .formatted(collection));
  }
}
