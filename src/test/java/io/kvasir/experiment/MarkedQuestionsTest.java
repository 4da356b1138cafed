package io.kvasir.experiment;

import static io.kvasir.postgres.PostgresExtension.await;
import static io.kvasir.postgres.PostgresExtension.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kvasir.contrast.ContrastRequest;
import io.kvasir.contrast.Contrasts.Running;
import io.kvasir.contrast.TokenAllowance;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.PathTrace.PassageTrace;
import io.kvasir.core.Sampling;
import io.kvasir.core.Scope;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.kvasir.evaluate.dataset.ColumnMapping;
import io.kvasir.evaluate.dataset.Half;
import io.kvasir.experiment.Experiments.Order;
import io.kvasir.experiment.MarkedQuestion.MarkedPassage;
import io.kvasir.postgres.Database;
import io.kvasir.postgres.PostgresExtension;
import io.kvasir.postgres.PostgresMarked;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is marked at contrasts is kept, once for each question, and can be asked. */
@ExtendWith(PostgresExtension.class)
final class MarkedQuestionsTest {
  @BeforeEach
  void clear(Database database) {
    await(run(database, "TRUNCATE marked_questions, experiments, contrasts, collections CASCADE"));
  }

  private static Trace answered(ExperimentsUnderTest server) {
    server.store(
        "manual",
        new String[] {"Birds", "Puffins sleep in burrows."},
        new String[] {"Birds", "Gulls sleep on cliffs."});
    Running running =
        await(
            server.answers.start(
                Workspace.ONLY,
                new ContrastRequest(
                    "Where do puffins sleep?",
                    null,
                    "manual",
                    Scope.ALL,
                    List.of(AnswerPath.RAG),
                    null,
                    null,
                    Sampling.GREEDY,
                    null,
                    null),
                TokenAllowance.ENDLESS));
    server.answers.join(Workspace.ONLY, running.id());
    await(running.events().ended());
    return await(server.answers.trace(Workspace.ONLY, running.id()));
  }

  private static long passage(Trace trace, String text) {
    return trace.paths().get(0).passages().stream()
        .filter(each -> each.text().contains(text))
        .mapToLong(PassageTrace::id)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void marksOfOneQuestionComeTogetherAndAreAsked(Database database) throws Exception {
    try (ExperimentsUnderTest server = new ExperimentsUnderTest(database, "in burrows")) {
      Trace trace = answered(server);
      await(server.marking.mark(Workspace.ONLY, trace.id(), " in burrows ", null));
      await(server.marking.mark(Workspace.ONLY, trace.id(), null, passage(trace, "Puffins")));
      await(server.marking.mark(Workspace.ONLY, trace.id(), "in burrows", null));

      List<MarkedQuestion> marked = await(server.marking.list(Workspace.ONLY));
      assertThat(marked).hasSize(1);
      assertThat(marked.get(0).answers()).containsExactly("in burrows");
      assertThat(marked.get(0).passages())
          .extracting(MarkedPassage::text, MarkedPassage::expected)
          .containsExactlyInAnyOrder(
              tuple("Puffins sleep in burrows.", true), tuple("Gulls sleep on cliffs.", false));

      Experiment begun =
          await(
              server.service.create(
                  Workspace.ONLY,
                  new DatasetSource.Marked(),
                  new Order(
                      null,
                      null,
                      List.of("search", "rag"),
                      Map.of(),
                      Half.ALL,
                      null,
                      7,
                      ColumnMapping.DEFAULT)));
      assertThat(begun.plan().dataset().documents()).isEqualTo(2);
      assertThat(begun.total()).isEqualTo(2);
    }
  }

  @Test
  void whatNobodyCanMarkIsRefused(Database database) throws Exception {
    try (ExperimentsUnderTest server = new ExperimentsUnderTest(database, "in burrows")) {
      String id = answered(server).id();
      assertThatThrownBy(() -> await(server.marking.mark(Workspace.ONLY, id, "  ", null)))
          .hasMessageContaining("say which answer or which passage");
      assertThatThrownBy(() -> await(server.marking.mark(Workspace.ONLY, id, null, 0L)))
          .hasMessageContaining("neither found nor read a passage 0");
      assertThatThrownBy(
              () ->
                  await(
                      server.service.create(
                          Workspace.ONLY,
                          new DatasetSource.Marked(),
                          new Order(
                              null,
                              null,
                              List.of("rag"),
                              Map.of(),
                              Half.ALL,
                              null,
                              7,
                              ColumnMapping.DEFAULT))))
          .hasMessageContaining("no question is marked");
    }
  }

  @Test
  void thereIsALimitAndWorkspacesKeepTheirOwn(Database database) {
    PostgresMarked store = new PostgresMarked(database);
    Workspace other = new Workspace("other");
    MarkedQuestion one = marked("Where?");
    await(store.mark(Workspace.ONLY, one, 1));
    assertThatThrownBy(() -> await(store.mark(Workspace.ONLY, marked("When?"), 1)))
        .hasMessageContaining("eval.marked");
    await(store.mark(Workspace.ONLY, one, 1));
    assertThat(await(store.list(other))).isEmpty();
    assertThatThrownBy(() -> await(store.delete(other, one.id())))
        .hasMessageContaining("there is no marked question");
    await(store.mark(other, one, 1));
    await(store.delete(Workspace.ONLY, one.id()));
    assertThat(await(store.list(Workspace.ONLY))).isEmpty();
    assertThat(await(store.list(other))).hasSize(1);
  }

  private static MarkedQuestion marked(String text) {
    return new MarkedQuestion(
        MarkedQuestion.id(text),
        Instant.parse("2026-11-30T10:00:00Z"),
        text,
        List.of("there"),
        List.of());
  }
}
