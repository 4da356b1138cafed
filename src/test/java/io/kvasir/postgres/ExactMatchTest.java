package io.kvasir.postgres;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.Hit;
import io.kvasir.core.Scope;
import io.kvasir.core.Workspace;
import io.kvasir.encode.Encoders;
import io.kvasir.retrieve.Fusion;
import io.kvasir.retrieve.Library.NewCollection;
import io.kvasir.retrieve.Library.NewDocument;
import io.kvasir.retrieve.Library.NewPassage;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A passage that alone holds the identifier asked for is found first, whatever its meaning. */
@ExtendWith(PostgresExtension.class)
final class ExactMatchTest {
  private static final FixedEncoder ENGLISH = new FixedEncoder("toy-en", 2, "en");
  private static final FixedEncoder CHINESE = new FixedEncoder("toy-zh", 2, "zh");
  private static final List<String> FILES =
      List.of("agent.conf", "hosts.allow", "keyring.db", "rules.v4", "secrets.env", "zones.xml");

  private static PostgresLibrary library;
  private static PostgresRetriever retriever;

  @BeforeAll
  static void store(Database database) {
    library = new PostgresLibrary(database);
    retriever =
        new PostgresRetriever(database, new Encoders(List.of(ENGLISH, CHINESE)), Fusion.DEFAULT);
    store("codes", "en", ENGLISH, 60, ExactMatchTest::fault);
    store("versions", "en", ENGLISH, 40, ExactMatchTest::release);
    store("files", "en", ENGLISH, FILES.size(), ExactMatchTest::file);
    store("codes-zh", "zh", CHINESE, 60, i -> "故障 ORA-0%d 由水泵报告，请重新启动控制器。".formatted(4000 + 7 * i));
  }

  private static String fault(int i) {
    return "Fault ORA-0%d is reported by pump %d; restart the controller."
        .formatted(4000 + 7 * i, i);
  }

  private static String release(int i) {
    return "Release v2.%d.%d of the agent fixed a leak; upgrade soon.".formatted(i, i * 3 % 10);
  }

  private static String file(int i) {
    return "The program reads /etc/heron/%s at start, as root.".formatted(FILES.get(i));
  }

  @Test
  void anErrorCodeAmongAlikeOnesIsFirst() {
    for (int i = 0; i < 60; i++) {
      assertThat(first("codes", "How is ORA-0%d removed?".formatted(4000 + 7 * i)))
          .isEqualTo(fault(i));
    }
  }

  @Test
  void aCodeIsFoundInAnotherSpelling() {
    isFirst(
        "codes",
        fault(40),
        "What does fault %s mean?",
        "ORA 04280",
        "ORA_04280",
        "ora04280",
        "04280",
        "ORA-4280",
        "ORA 4280",
        "ORA\u201304280",
        "ORA:04280,");
  }

  @Test
  void aVersionIsFoundInAnotherSpelling() {
    isFirst(
        "versions",
        release(17),
        "What did release %s of the agent fix?",
        "2.17.1",
        "v2.17.1",
        "V2.17.1",
        "version 2.17.1.",
        "2.17");
  }

  @Test
  void aFileIsFoundByPartOfItsPath() {
    isFirst(
        "files",
        file(5),
        "Which program reads %s?",
        "zones.xml",
        "/etc/heron/zones.xml",
        "heron/zones.xml",
        "ZONES.XML",
        "zones xml",
        "the zones file");
  }

  @Test
  void aCodeInChineseTextToo() {
    for (String spelling : List.of("ORA-04280", "ORA 04280", "ora04280", "ORA-4280")) {
      assertThat(first("codes-zh", "故障" + spelling + "怎么处理？")).contains("ORA-04280");
    }
  }

  @Test
  void twoThatHoldACodeAreBothBeforeTheRest() {
    store("twice", "en", ENGLISH, 61, i -> i == 60 ? "See ORA-04280 in the annex." : fault(i));
    assertThat(find("twice", "How is ORA-04280 removed?").subList(0, 2))
        .extracting(hit -> hit.passage().value())
        .containsExactlyInAnyOrder(fault(40), "See ORA-04280 in the annex.");
  }

  @Test
  void equalMeaningIsNoAdvantage() {
    store("alike", "en", ENGLISH, 8, i -> "Same passage.", i -> new float[] {1, 0});
    assertThat(find("alike", "unheard")).extracting(Hit::score).containsOnly(1.0 / 11);
  }

  @Test
  void passagesOfTheVersionBeforeAreFoundAsTheyWere(Database database) {
    store("before", "en", ENGLISH, 60, ExactMatchTest::fault);
    await(
        database.query(
            "UPDATE passages SET terms = to_tsvector('english', key)"
                + " WHERE collection_id = (SELECT id FROM collections WHERE name = 'before')",
            Tuple.tuple()));
    assertThat(first("before", "How is ORA-04280 removed?")).isEqualTo(fault(40));
  }

  private static void isFirst(
      String collection, String passage, String question, String... spellings) {
    for (String spelling : spellings) {
      assertThat(first(collection, question.formatted(spelling))).as(spelling).isEqualTo(passage);
    }
  }

  private static String first(String collection, String question) {
    return find(collection, question).get(0).passage().value();
  }

  private static List<Hit> find(String collection, String question) {
    return await(retriever.retrieve(Workspace.ONLY, collection, Scope.ALL, question, 10)).hits();
  }

  /** The later a passage, the further it is from every question. */
  private static void store(
      String collection,
      String language,
      FixedEncoder encoder,
      int passages,
      IntFunction<String> text) {
    store(collection, language, encoder, passages, text, i -> new float[] {1, i});
  }

  private static void store(
      String collection,
      String language,
      FixedEncoder encoder,
      int passages,
      IntFunction<String> text,
      IntFunction<float[]> vector) {
    await(
        library.create(
            Workspace.ONLY,
            new NewCollection(collection, language, encoder.description().name(), 2)));
    List<NewPassage> stored = new ArrayList<>();
    IntStream.range(0, passages)
        .forEach(
            i -> {
              String value = text.apply(i);
              float[] embedding = encoder.set(value, vector.apply(i));
              stored.add(new NewPassage(i, "", null, 0, value.length(), value, value, embedding));
            });
    await(
        library.put(
            Workspace.ONLY,
            collection,
            new NewDocument("notes", "notes", "text/plain", null, ""),
            stored));
  }
}
