package io.kvasir.experiment;

import static io.kvasir.experiment.ExperimentsUnderTest.QUESTIONS;
import static io.kvasir.experiment.ExperimentsUnderTest.order;
import static io.kvasir.postgres.PostgresExtension.await;
import static io.kvasir.postgres.PostgresExtension.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.Workspace;
import io.kvasir.evaluate.Measure;
import io.kvasir.evaluate.Result;
import io.kvasir.evaluate.dataset.ColumnMapping;
import io.kvasir.evaluate.dataset.Half;
import io.kvasir.experiment.Experiment.State;
import io.kvasir.experiment.Experiments.Order;
import io.kvasir.postgres.Database;
import io.kvasir.postgres.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Experiments over a real database: nothing is asked twice, nothing is lost, whatever ends. */
@ExtendWith(PostgresExtension.class)
final class ExperimentsTest {
  @TempDir private Path folder;
  private Path dataset;

  @BeforeEach
  void write(Database database) throws IOException {
    dataset = ExperimentsUnderTest.birds(database, folder);
  }

  @Test
  void answersEveryQuestionInEveryRowAndScoresIt(Database database) throws Exception {
    try (ExperimentsUnderTest server = new ExperimentsUnderTest(database, "on cliff3")) {
      Experiment begun =
          await(
              server.service.create(
                  Workspace.ONLY,
                  new DatasetSource.Files(dataset),
                  order("closed-book", "rag", "oracle")));
      assertThat(begun.total()).isEqualTo(3 * QUESTIONS);
      Experiment done = server.finished(begun.id());

      assertThat(done.state()).as(done.message()).isEqualTo(State.COMPLETE);
      assertThat(done.done()).isEqualTo(3 * QUESTIONS);
      List<Result> results = await(server.service.whole(Workspace.ONLY, begun.id())).results();
      assertThat(results).hasSize(3 * QUESTIONS);
      Result right = result(results, "q3", "oracle");
      assertThat(right.values())
          .containsEntry(Measure.CONTAINED, 1.0)
          .containsEntry(Measure.GOLD_READ, 1.0)
          .containsEntry(Measure.GOLD_LOGPROB, -1.0)
          .containsEntry(Measure.REPEATED, 0.0)
          .containsEntry(Measure.CUT, 0.0);
      assertThat(result(results, "q4", "rag").values())
          .containsEntry(Measure.CONTAINED, 0.0)
          .containsEntry(Measure.RECALL_1, 1.0);
      assertThat(result(results, "q4", "closed-book").values())
          .doesNotContainKeys(Measure.RECALL_1, Measure.GOLD_READ);
      assertThat(await(server.contrasts.get(Workspace.ONLY, right.contrast())).question())
          .isEqualTo("Where does bird3 sleep?");
      assertThat(await(server.contrasts.list(Workspace.ONLY, null, null, 100)))
          .as("what nobody asked is not in the history")
          .isEmpty();
    }
  }

  private static Result result(List<Result> results, String question, String row) {
    return results.stream()
        .filter(each -> each.question().equals(question) && each.row().equals(row))
        .findAny()
        .orElseThrow();
  }

  @Test
  void anotherServerGoesOnWhereOneEndedAndAsksNothingTwice(Database database) throws Exception {
    String id;
    int answered;
    try (ExperimentsUnderTest first = new ExperimentsUnderTest(database, "yes")) {
      first.answerAtMost(5);
      id =
          await(
                  first.service.create(
                      Workspace.ONLY, new DatasetSource.Files(dataset), order("rag")))
              .id();
      ExperimentsUnderTest.until("some are answered", () -> first.get(id).done() >= 3);
      answered = first.get(id).done();
      first.kill();
    }
    assertThat(answered).isLessThan(QUESTIONS);
    try (ExperimentsUnderTest second = new ExperimentsUnderTest(database, "yes")) {
      Experiment done = second.finished(id);
      assertThat(done.state()).as(done.message()).isEqualTo(State.COMPLETE);
      assertThat(second.asked()).isLessThanOrEqualTo(QUESTIONS - answered);
      assertThat(
              numbers(
                  database,
                  "SELECT count(*)::int, count(DISTINCT question)::int FROM experiment_results"))
          .containsExactly(QUESTIONS, QUESTIONS);
    }
  }

  @Test
  void aCancelledOneKeepsWhatIsAnsweredAndCanGoOn(Database database) throws Exception {
    try (ExperimentsUnderTest server = new ExperimentsUnderTest(database, "yes")) {
      server.answerAtMost(4);
      String id =
          await(
                  server.service.create(
                      Workspace.ONLY, new DatasetSource.Files(dataset), order("rag")))
              .id();
      ExperimentsUnderTest.until("some are answered", () -> server.get(id).done() >= 4);
      await(server.service.cancel(Workspace.ONLY, id));
      Experiment cancelled = server.finished(id);
      assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
      assertThat(cancelled.done()).isGreaterThanOrEqualTo(4).isLessThan(QUESTIONS);

      server.answerAtMost(Integer.MAX_VALUE);
      await(server.service.resume(Workspace.ONLY, id));
      assertThat(server.finished(id).done()).isEqualTo(QUESTIONS);
    }
  }

  @Test
  void takesOverWhatAnotherMachineAnsweredOfTheSameExperimentAlone(Database database)
      throws Exception {
    try (ExperimentsUnderTest server = new ExperimentsUnderTest(database, "yes")) {
      server.answerAtMost(0);
      String id =
          await(
                  server.service.create(
                      Workspace.ONLY, new DatasetSource.Files(dataset), order("rag")))
              .id();
      await(server.service.cancel(Workspace.ONLY, id));
      Experiment here = server.finished(id);
      List<Result> theirs =
          List.of(new Result("q1", "rag", "theirs", "cliff1", "stop", Map.of(Measure.F1, 1.0)));

      assertThatThrownBy(
              () -> await(server.service.merge(Workspace.ONLY, id, "0".repeat(64), theirs)))
          .hasMessageContaining("another dataset");
      String checksum = here.plan().checksum();
      assertThat(await(server.service.merge(Workspace.ONLY, id, checksum, theirs))).isEqualTo(1);
      assertThat(await(server.service.merge(Workspace.ONLY, id, checksum, theirs))).isZero();
      assertThat(await(server.service.whole(Workspace.ONLY, id)).results().get(0).contrast())
          .as("the contrast is on the other machine")
          .isNull();
    }
  }

  @Test
  void theSameOrderHasTheSameChecksumAndAnotherSeedAnother(Database database) throws Exception {
    try (ExperimentsUnderTest server = new ExperimentsUnderTest(database, "yes")) {
      server.answerAtMost(0);
      Order order = order("rag");
      Order other =
          new Order(null, "en", List.of("rag"), Map.of(), Half.ALL, null, 8, ColumnMapping.DEFAULT);
      assertThat(checksum(server, order)).isEqualTo(checksum(server, order));
      assertThat(checksum(server, other)).isNotEqualTo(checksum(server, order));
    }
  }

  private String checksum(ExperimentsUnderTest server, Order order) {
    return await(server.service.create(Workspace.ONLY, new DatasetSource.Files(dataset), order))
        .plan()
        .checksum();
  }

  @Test
  void whatIsDeletedTakesItsContrastsAlong(Database database) throws Exception {
    try (ExperimentsUnderTest server = new ExperimentsUnderTest(database, "yes")) {
      String id =
          await(
                  server.service.create(
                      Workspace.ONLY, new DatasetSource.Files(dataset), order("closed-book")))
              .id();
      server.finished(id);
      await(server.service.delete(Workspace.ONLY, id));
      assertThat(
              numbers(
                  database,
                  "SELECT (SELECT count(*) FROM contrasts)::int,"
                      + " (SELECT count(*) FROM experiment_results)::int"))
          .containsExactly(0, 0);
      assertThatThrownBy(() -> await(server.service.get(Workspace.ONLY, id)))
          .hasMessageContaining("there is no experiment");
    }
  }
}
