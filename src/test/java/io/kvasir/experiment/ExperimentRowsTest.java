package io.kvasir.experiment;

import static io.kvasir.experiment.ExperimentsUnderTest.QUESTIONS;
import static io.kvasir.experiment.ExperimentsUnderTest.order;
import static io.kvasir.postgres.PostgresExtension.await;
import static io.kvasir.postgres.PostgresExtension.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.kvasir.evaluate.Measure;
import io.kvasir.evaluate.Result;
import io.kvasir.evaluate.dataset.ColumnMapping;
import io.kvasir.evaluate.dataset.Half;
import io.kvasir.experiment.Experiment.State;
import io.kvasir.experiment.Experiments.Order;
import io.kvasir.postgres.Database;
import io.kvasir.postgres.PostgresExtension;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the rows of an experiment read and how each is judged, over a real database. */
@ExtendWith(PostgresExtension.class)
final class ExperimentRowsTest {
  @TempDir private Path folder;
  private Path dataset;

  @BeforeEach
  void write(Database database) throws IOException {
    dataset = ExperimentsUnderTest.birds(database, folder);
  }

  @Test
  void aSearchIsJudgedWithoutAnyAnswer(Database database) throws Exception {
    try (ExperimentsUnderTest server = new ExperimentsUnderTest(database, "yes")) {
      Order order =
          new Order(
              null,
              "en",
              List.of("search"),
              Map.of(Factor.RANKING, List.of("fused", "words", "meaning")),
              Half.ALL,
              null,
              7,
              ColumnMapping.DEFAULT);
      String id =
          await(server.service.create(Workspace.ONLY, new DatasetSource.Files(dataset), order))
              .id();
      Experiment done = server.finished(id);

      assertThat(done.state()).as(done.message()).isEqualTo(State.COMPLETE);
      assertThat(done.plan().conditions()).as("no decoder answers").doesNotContain("decoder");
      List<Result> results = await(server.service.whole(Workspace.ONLY, id)).results();
      assertThat(results).hasSize(3 * QUESTIONS);
      assertThat(server.asked()).isZero();
      for (String ranking : List.of("fused", "words")) {
        Result found = result(results, "q4", "search ranking=" + ranking);
        assertThat(found.contrast()).isNull();
        assertThat(found.values())
            .containsEntry(Measure.RECALL_1, 1.0)
            .containsEntry(Measure.MAP, 1.0)
            .containsKey(Measure.SEARCH_MS)
            .doesNotContainKeys(Measure.CONTAINED, Measure.CUT);
      }
      assertThat(
              results.stream()
                  .filter(each -> each.row().equals("search ranking=meaning"))
                  .mapToDouble(each -> each.values().get(Measure.RECALL_1))
                  .sum())
          .as("to this encoder everything means the same")
          .isEqualTo(1);
    }
  }

  @Test
  void aRerankerIsAFactorOfTheSearch(Database database) throws Exception {
    try (ExperimentsUnderTest server = new ExperimentsUnderTest(database, "yes")) {
      String id =
          await(
                  server.service.create(
                      Workspace.ONLY, new DatasetSource.Files(dataset), reranked("none", "heads")))
              .id();
      assertThat(server.finished(id).state()).isEqualTo(State.COMPLETE);
      List<Result> results = await(server.service.whole(Workspace.ONLY, id)).results();
      assertThat(result(results, "q4", "search reranker=none").values())
          .containsEntry(Measure.RECALL_1, 1.0);
      assertThat(result(results, "q4", "search reranker=heads").values())
          .as("the first of its candidates became the last")
          .containsEntry(Measure.RECALL_1, 0.0);

      assertThatThrownBy(
              () ->
                  await(
                      server.service.create(
                          Workspace.ONLY,
                          new DatasetSource.Files(dataset),
                          reranked("cross-encoder"))))
          .as("said before anything is asked")
          .hasMessageContaining("there is no reranker 'cross-encoder' here");
    }
  }

  private static Order reranked(String... rerankers) {
    return new Order(
        null,
        "en",
        List.of("search"),
        Map.of(Factor.RERANKER, List.of(rerankers)),
        Half.ALL,
        null,
        7,
        ColumnMapping.DEFAULT);
  }

  @Test
  void headingsThatAreQuestionsAskForTheirSections(Database database) throws Exception {
    try (ExperimentsUnderTest server = new ExperimentsUnderTest(database, "yes")) {
      server.store(
          "manual",
          section("Birds › 1.1. Where do puffins sleep?", "Puffins sleep in burrows."),
          section("Birds › 1.2. What do puffins eat?", "They eat sand eels."),
          section("Birds › 1.2. What do puffins eat?", "Also herring."),
          section("Birds", "This is about birds."));
      Experiment begun =
          await(
              server.service.create(
                  Workspace.ONLY, new DatasetSource.Headings("manual"), order("search")));
      Experiment done = server.finished(begun.id());

      assertThat(done.plan().dataset().documents()).isEqualTo(3);
      List<Result> results = await(server.service.whole(Workspace.ONLY, begun.id())).results();
      assertThat(results).hasSize(2);
      assertThat(result(results, "Birds › 1.1. Where do puffins sleep?", "search").values())
          .containsEntry(Measure.RECALL_1, 1.0);

      server.store("plain", section("Birds", "This is about birds."));
      assertThatThrownBy(
              () ->
                  await(
                      server.service.create(
                          Workspace.ONLY, new DatasetSource.Headings("plain"), order("search"))))
          .hasMessageContaining("no heading in plain is a question");
    }
  }

  @Test
  void passagesAreReadInTheOrderOfTheRow(Database database) throws Exception {
    try (ExperimentsUnderTest server = new ExperimentsUnderTest(database, "yes")) {
      Map<Factor, List<String>> matrix =
          Map.of(
              Factor.ORDER, List.of("first", "last"),
              Factor.NEARNESS, List.of("0", "1"),
              Factor.K, List.of("3"));
      Order order =
          new Order(null, "en", List.of("rag"), matrix, Half.ALL, 1, 7, ColumnMapping.DEFAULT);
      String id =
          await(server.service.create(Workspace.ONLY, new DatasetSource.Files(dataset), order))
              .id();
      assertThat(server.finished(id).done()).isEqualTo(4);

      Map<String, List<Integer>> ranks = new TreeMap<>();
      for (Result each : await(server.service.whole(Workspace.ONLY, id)).results()) {
        ranks.put(each.row(), read(await(server.contrasts.get(Workspace.ONLY, each.contrast()))));
      }
      assertThat(ranks)
          .containsEntry("rag k=3 nearness=0 order=first", List.of(1, 2, 3))
          .containsEntry("rag k=3 nearness=0 order=last", List.of(3, 2, 1))
          .containsKey("rag k=3 nearness=1 order=last");
    }
  }

  /** The ranks of the passages in the prompt, in the order in which they are read. */
  private static List<Integer> read(Trace trace) {
    return trace.paths().get(0).passages().stream()
        .filter(passage -> passage.inPrompt() != null)
        .sorted(Comparator.comparingInt(passage -> passage.inPrompt().position()))
        .map(passage -> passage.retrieved().rank())
        .toList();
  }

  @Test
  void rowsWhosePassagesDifferHaveCollectionsOfTheirOwn(Database database) throws Exception {
    String sentence = "A bird sleeps on a cliff. ";
    Path lengthy =
        Files.writeString(
            folder.resolve("long.csv"),
            "question,answer,context\nWhere?,cliff,%s\n".formatted(sentence.repeat(30)));
    try (ExperimentsUnderTest server = new ExperimentsUnderTest(database, "yes")) {
      Map<Factor, List<String>> matrix =
          Map.of(
              Factor.ENCODER, List.of("equal", "alike"),
              Factor.PASSAGE_LENGTH, List.of("40", "150"));
      String id = await(create(server, lengthy, matrix)).id();
      Experiment done = server.finished(id);

      assertThat(done.state()).as(done.message()).isEqualTo(State.COMPLETE);
      List<Integer> counts =
          numbers(
              database,
              "SELECT count(*)::int, count(DISTINCT c.encoder)::int,"
                  + " min(d.passages)::int, max(d.passages)::int"
                  + " FROM collections c JOIN documents d ON d.collection_id = c.id");
      assertThat(counts.subList(0, 2)).containsExactly(4, 2);
      assertThat(counts.get(2)).as("fewer long ones").isLessThan(counts.get(3));
      assertThatThrownBy(
              () -> await(create(server, lengthy, Map.of(Factor.ENCODER, List.of("nobody")))))
          .hasMessageContaining("there is no encoder nobody");
      assertThatThrownBy(
              () -> await(create(server, lengthy, Map.of(Factor.PASSAGE_LENGTH, List.of("300")))))
          .hasMessageContaining(
              "passage-length is '300'; equal reads passages of 32 to 254 tokens");
    }
  }

  @Test
  void theSameKeysHaveValuesOfEveryKindThatIsTried(Database database) throws Exception {
    Files.createDirectories(folder.resolve("qrels"));
    Files.writeString(
        folder.resolve("corpus.jsonl"),
        """
        {"_id": "g4", "text": "GPT-4 came out in 2023.", "metadata": {"release_year": 2023}}
        """);
    Files.writeString(
        folder.resolve("queries.jsonl"),
        """
        {"_id": "1", "text": "When did GPT-4 come out?", "answers": ["2023"]}
        """);
    Files.writeString(folder.resolve("qrels/test.tsv"), "query-id\tcorpus-id\tscore\n1\tg4\t1\n");
    try (ExperimentsUnderTest server = new ExperimentsUnderTest(database, "yes")) {
      Map<Factor, List<String>> matrix = Map.of(Factor.VALUES, List.of("raw", "fields"));
      Experiment done = server.finished(await(create(server, folder, "rag", matrix)).id());

      assertThat(done.state()).as(done.message()).isEqualTo(State.COMPLETE);
      assertThat(
              numbers(
                  database,
                  "SELECT count(DISTINCT p.key)::int,"
                      + " count(*) FILTER (WHERE c.value_kind = 'raw' AND p.value = p.key)::int,"
                      + " count(*) FILTER (WHERE c.value_kind = 'fields'"
                      + " AND p.value = '{\"release_year\":2023}')::int"
                      + " FROM passages p JOIN collections c ON c.id = p.collection_id"))
          .as("keys, raw values, fields")
          .containsExactly(1, 1, 1);
      assertThatThrownBy(
              () -> await(create(server, folder, "rag", Map.of(Factor.VALUES, List.of("all")))))
          .hasMessageContaining("values is 'all'; it can be raw, summary, fields");
    }
  }

  private static Future<Experiment> create(
      ExperimentsUnderTest server, Path file, Map<Factor, List<String>> matrix) {
    return create(server, file, "search", matrix);
  }

  private static Future<Experiment> create(
      ExperimentsUnderTest server, Path file, String path, Map<Factor, List<String>> matrix) {
    return server.service.create(
        Workspace.ONLY,
        new DatasetSource.Files(file),
        new Order(null, "en", List.of(path), matrix, Half.ALL, null, 7, ColumnMapping.DEFAULT));
  }

  private static String[] section(String heading, String text) {
    return new String[] {heading, text};
  }

  @Test
  void rowsThatNoQuestionSuitsAreRefused(Database database) throws Exception {
    Path unjudged = Files.writeString(folder.resolve("unjudged.csv"), "question,answer\nWhy?,so\n");
    try (ExperimentsUnderTest server = new ExperimentsUnderTest(database, "yes")) {
      assertThatThrownBy(
              () ->
                  await(
                      server.service.create(
                          Workspace.ONLY,
                          new DatasetSource.Files(unjudged),
                          order("search", "oracle"))))
          .hasMessageContaining("search, oracle need");
    }
  }

  private static Result result(List<Result> results, String question, String row) {
    return results.stream()
        .filter(each -> each.question().equals(question) && each.row().equals(row))
        .findAny()
        .orElseThrow();
  }
}
