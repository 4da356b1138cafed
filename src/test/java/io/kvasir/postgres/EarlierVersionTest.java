package io.kvasir.postgres;

import static io.kvasir.postgres.PostgresExtension.await;
import static io.kvasir.postgres.PostgresExtension.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kvasir.contrast.ContrastStore;
import io.kvasir.core.DocumentCollection;
import io.kvasir.core.Hit;
import io.kvasir.core.Scope;
import io.kvasir.core.Workspace;
import io.kvasir.encode.Encoder;
import io.kvasir.encode.Encoders;
import io.kvasir.encode.SearchForm;
import io.kvasir.ingest.JobStore.TakenOver;
import io.kvasir.ingest.Task;
import io.kvasir.keys.ApiKey;
import io.kvasir.models.Catalogue;
import io.kvasir.onnx.OnnxEncoder;
import io.kvasir.retrieve.Corrections.Correction;
import io.kvasir.retrieve.Corrections.Encoded;
import io.kvasir.retrieve.Corrections.NewCorrection;
import io.kvasir.retrieve.Fusion;
import io.kvasir.retrieve.Library.NewDocument;
import io.kvasir.retrieve.Library.NewPassage;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A data folder of the version before is what it was once the new one has started, and a server of
 * the version before goes on over it until it is stopped.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class EarlierVersionTest {
  @RegisterExtension static final PostgresExtension DATABASE = PostgresExtension.unmigrated();

  private static final Map<String, List<String>> QUESTIONS =
      Map.of(
          "animals",
          List.of("Who sings at night?", "How far can an owl turn its head?", "restore a dump"),
          "handbook",
          List.of("Which rules does a comment keep?", "Where does the time of a step go?"),
          "animals-zh",
          List.of("谁在夜里唱歌", "多久备份一次"));

  private static final Map<String, List<Found>> BEFORE = new HashMap<>();

  /** As many as a search hands to the fusion. */
  private static final int ALL = Fusion.DEFAULT.candidates();

  private static Encoders encoders;

  /** A passage as a search finds it. */
  private record Found(long passage, double score, Double cosine, Double bm25) {
    static Found of(Hit hit) {
      return new Found(hit.passage().id(), hit.score(), hit.dense(), hit.lexical());
    }

    Found unfused() {
      return new Found(passage, 0, cosine, bm25);
    }
  }

  /** Both searches' scores of what was found before; how they are fused is each version's own. */
  private static List<Found> found(String question) {
    List<Found> before = BEFORE.getOrDefault(question, List.of());
    assertThat(before).isNotEmpty();
    return before.stream().map(Found::unfused).toList();
  }

  @BeforeAll
  static void migrate(Database database, String url) {
    encoders =
        new Encoders(
            Catalogue.shipped().encoders().stream()
                .map(model -> OnnxEncoder.open(model, 1))
                .toList());
    DataFolder.restore(url);
    QUESTIONS.forEach(
        (collection, questions) ->
            questions.forEach(
                question -> BEFORE.put(question, searchedBefore(database, collection, question))));

    assertThat(await(new Migrations(database).run())).isEqualTo(Migrations.FILES.size() - 8);
  }

  @AfterAll
  static void close() {
    encoders.close();
  }

  @Test
  @Order(1)
  void whatWasFoundIsFoundAgain(Database database) {
    PostgresRetriever retriever = new PostgresRetriever(database, encoders, Fusion.DEFAULT);
    QUESTIONS.forEach(
        (collection, questions) ->
            questions.forEach(
                question ->
                    assertThat(
                            await(
                                    retriever.retrieve(
                                        Workspace.ONLY, collection, Scope.ALL, question, ALL))
                                .hits())
                        .extracting(hit -> Found.of(hit).unfused())
                        .containsAll(found(question))));
    assertThat(BEFORE).hasSize(7);
    assertThat(WordCountsTest.miscounted(database)).isEmpty();
  }

  @Test
  @Order(2)
  void whatWasKeptIsThere(Database database) {
    assertThat(await(new PostgresLibrary(database).collections(Workspace.ONLY)))
        .extracting(DocumentCollection::name)
        .containsExactly("animals", "animals-zh", "handbook");
    ContrastStore contrasts = new PostgresContrasts(database, UUID.randomUUID());
    List<ContrastStore.Summary> history = await(contrasts.list(Workspace.ONLY, null, null, 10));
    assertThat(history).hasSize(3);
    assertThat(history)
        .allSatisfy(
            line ->
                assertThat(await(contrasts.get(Workspace.ONLY, line.id())).question())
                    .isEqualTo(line.question()));
    assertThat(new PostgresKeys(database).list(Workspace.ONLY).toCompletableFuture().join())
        .extracting(ApiKey::name)
        .containsExactly("reader", "writer");
    await(VectorIndex.addLacking(database, 10));
    CollectionTable collections = new CollectionTable(database);
    assertThat(await(collections.all(Workspace.ONLY)))
        .filteredOn(CollectionRow::nearest)
        .extracting(row -> row.collection().name())
        .containsExactly("animals", "handbook");
  }

  @Test
  @Order(3)
  void whatWasBrokenOffGoesOn(Database database) {
    TakenOver taken =
        await(new PostgresJobs(database, UUID.randomUUID()).takeOver(Set.of())).orElseThrow();
    assertThat(taken.job().files()).extracting(file -> file.name()).contains("later.md");
    assertThat(taken.task()).isEqualTo(Task.read(null, null, null));
    assertThat(taken.begun()).hasSize(1);
  }

  @Test
  @Order(4)
  void theServerOfTheVersionBeforeSearchesOn(Database database) {
    QUESTIONS.forEach(
        (collection, questions) ->
            questions.forEach(
                question ->
                    assertThat(searchedBefore(database, collection, question))
                        .isEqualTo(BEFORE.get(question))));
  }

  @Test
  @Order(5)
  void eachFindsWhatTheOtherPutsIn(Database database) {
    beat(database, "now()");
    putBefore(database, "animals", "toads.md", "A toad waits in the garden.");
    put(database, "animals", "hares.md", "A hare sleeps in the field.");

    PostgresRetriever retriever = new PostgresRetriever(database, encoders, Fusion.DEFAULT);
    Hit toad =
        await(retriever.retrieve(Workspace.ONLY, "animals", Scope.ALL, "toad of the garden", 3))
            .hits()
            .get(0);
    assertThat(toad.passage().document()).isEqualTo("toads.md");
    assertThat(toad.dense()).isGreaterThan(0.5);
    Found hare = searchedBefore(database, "animals", "hare in a field").get(0);
    assertThat(hare.passage()).isEqualTo(passageOf(database, "hares.md"));
    assertThat(hare.cosine()).isGreaterThan(0.5);

    await(database.query("DELETE FROM documents WHERE name = 'toads.md'", Tuple.tuple()));
    assertThat(
            numbers(
                database,
                "SELECT (SELECT count(*)::int FROM passages), (SELECT count(*)::int FROM vectors)"))
        .satisfies(counts -> assertThat(counts.get(0)).isEqualTo(counts.get(1)));
    assertThat(WordCountsTest.miscounted(database)).isEmpty();
  }

  @Test
  @Order(6)
  void whileItRunsNoEncoderIsChanged(Database database) {
    beat(database, "now()");
    PostgresEncodings encodings = new PostgresEncodings(database);
    assertThatThrownBy(
            () -> await(encodings.begin(Workspace.ONLY, "animals", "bge-small-zh-v1.5", 512)))
        .hasMessageContaining("version before still runs");
    beat(database, "now() - interval '1 minute'");
    await(encodings.begin(Workspace.ONLY, "animals", "all-MiniLM-L6-v2", 384));
  }

  @Test
  @Order(7)
  void itMakesAndDeletesCollections(Database database) {
    await(
        database.query(
            "WITH made AS (INSERT INTO collections (name, language, encoder, dimensions)"
                + " VALUES ($1, $2, $3, $4) RETURNING id) SELECT id FROM made",
            Tuple.of("before", "en", "all-MiniLM-L6-v2", 384)));
    long id = id(database, "SELECT id FROM collections WHERE name = 'before'");
    await(database.query("SELECT add_partition($1, $2)", Tuple.of(id, 384)));
    put(database, "before", "moles.md", "A mole digs under the meadow.");
    assertThat(
            await(
                    new PostgresRetriever(database, encoders, Fusion.DEFAULT)
                        .retrieve(Workspace.ONLY, "before", Scope.ALL, "mole", 1))
                .hits())
        .hasSize(1);
    long vectors = id(database, "SELECT max(encoding) FROM vectors");

    await(database.query("SELECT drop_partition($1)", Tuple.of(id)));
    await(database.query("DELETE FROM collections WHERE id = $1", Tuple.of(id)));

    assertThat(
            numbers(
                database,
                "SELECT (to_regclass('vectors_%1$d') IS NULL)::int, (SELECT count(*)::int FROM encodings WHERE id = %1$d)"
                    .formatted(vectors)))
        .containsExactly(1, 0);
  }

  @Test
  @Order(8)
  void itPutsADocumentInWithoutItsCorrectionsWhichAreKept(Database database) {
    long document = id(database, "SELECT id FROM documents WHERE name = 'hares.md'");
    long hare = passageOf(database, "hares.md");
    String said = "A hare sleeps with open eyes.";
    PostgresCorrections corrections = new PostgresCorrections(database);
    await(
        corrections.correct(
            Workspace.ONLY,
            document,
            new NewCorrection(
                hare, "A", 0, said, said, new Encoded("all-MiniLM-L6-v2", encoded(said)))));
    assertThat(searchedBefore(database, "animals", "hare with open eyes").get(0).passage())
        .isEqualTo(hare);

    await(database.query("DELETE FROM passages WHERE document_id = $1", Tuple.of(document)));
    putPassageBefore(database, "animals", document, "A hare sleeps in the field.");

    assertThat(await(corrections.of(Workspace.ONLY, document)))
        .extracting(Correction::applied, Correction::text)
        .containsExactly(tuple(false, said));
  }

  /** A sign of life of a server that says nothing of migrations. */
  private static void beat(Database database, String at) {
    await(
        PostgresExtension.run(
            database,
            "INSERT INTO servers (id, name, seen_at) VALUES ('%s', 'before', %s) ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at"
                .formatted(new UUID(0, 8), at)));
  }

  private static List<Found> searchedBefore(Database database, String collection, String question) {
    Map<String, Object> row =
        await(
                database.list(
                    "SELECT id, language, encoder, dimensions, has_nearest(id) FROM collections"
                        + " WHERE name = $1",
                    Tuple.of(collection),
                    found ->
                        Map.<String, Object>of(
                            "id", found.getLong(0),
                            "language", found.getString(1),
                            "encoder", found.getString(2),
                            "cast",
                                found.getBoolean(4)
                                    ? "::halfvec(" + found.getInteger(3) + ")"
                                    : "")))
            .get(0);
    SearchTerms terms = new SearchTerms();
    String language = (String) row.get("language");
    String form = SearchForm.of(question);
    Encoder encoder = encoders.named((String) row.get("encoder"));
    float[] embedding = encoder.encodeQuestion(form).toCompletableFuture().join();
    return await(
        database.list(
            DataFolder.search((String) row.get("cast")),
            Tuple.tuple()
                .addLong((Long) row.get("id"))
                .addArrayOfFloat(DocumentWriter.boxed(embedding))
                .addString(terms.literal(language, form))
                .addString(terms.configuration(language))
                .addString(form)
                .addInteger(Fusion.DEFAULT.candidates())
                .addInteger(10)
                .addInteger(PostgresRetriever.MAX_WORDS)
                .addDouble(1.0)
                .addDouble(1.0)
                .addInteger(HybridSearch.POSTINGS)
                .addInteger(Fusion.DEFAULT.constant()),
            found ->
                new Found(
                    found.getLong(0),
                    found.getDouble(11),
                    found.getDouble(12),
                    found.getDouble(13))));
  }

  private static void putBefore(Database database, String collection, String name, String text) {
    long id = id(database, "SELECT id FROM collections WHERE name = '" + collection + "'");
    await(
        database.query(
            "INSERT INTO documents"
                + " (collection_id, name, title, media_type, characters, passages, body)"
                + " VALUES ($1, $2, $2, 'text/plain', 1, 1, $3)",
            Tuple.of(id, name, text)));
    putPassageBefore(
        database,
        collection,
        id(database, "SELECT id FROM documents WHERE name = '" + name + "'"),
        text);
  }

  private static void putPassageBefore(
      Database database, String collection, long document, String text) {
    long id = id(database, "SELECT id FROM collections WHERE name = '" + collection + "'");
    await(
        database.query(
            DataFolder.put(),
            Tuple.tuple()
                .addLong(id)
                .addInteger(0)
                .addString("")
                .addInteger(null)
                .addInteger(0)
                .addInteger(1)
                .addString(SearchForm.of(text))
                .addString(text)
                .addArrayOfFloat(DocumentWriter.boxed(encoded(text)))
                .addString(null)
                .addString("english")
                .addLong(document)));
  }

  private static void put(Database database, String collection, String name, String text) {
    await(
        new PostgresLibrary(database)
            .put(
                Workspace.ONLY,
                collection,
                new NewDocument(name, name, "text/plain", null, text),
                List.of(
                    new NewPassage(0, "", null, 0, 1, SearchForm.of(text), text, encoded(text)))));
  }

  private static float[] encoded(String text) {
    return encoders
        .named("all-MiniLM-L6-v2")
        .encodePassages(List.of(SearchForm.of(text)))
        .toCompletableFuture()
        .join()
        .get(0);
  }

  private static long passageOf(Database database, String document) {
    return id(
        database,
        "SELECT p.id FROM passages p JOIN documents d ON d.id = p.document_id WHERE d.name = '%s'"
            .formatted(document));
  }

  private static long id(Database database, String sql) {
    return await(database.list(sql, Tuple.tuple(), row -> row.getLong(0))).get(0);
  }
}
