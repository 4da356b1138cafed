package io.kvasir.postgres;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kvasir.contrast.ContrastStore;
import io.kvasir.contrast.ContrastStore.Summary;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.Notice;
import io.kvasir.core.PathTrace;
import io.kvasir.core.PathTrace.PassageTrace;
import io.kvasir.core.PathTrace.PromptTrace;
import io.kvasir.core.PathTrace.Timings;
import io.kvasir.core.PathTrace.TokenTrace;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.PromptPart;
import io.kvasir.core.Sampling;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Traces come back as they were, are listed, searched and deleted. */
@ExtendWith(PostgresExtension.class)
final class PostgresContrastsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

  private static ContrastStore store;

  @BeforeAll
  static void open(Database database) {
    store = new PostgresContrasts(database, UUID.randomUUID());
  }

  @Test
  void aTraceComesBackWhole() {
    Trace trace = trace("c1", "What\0 is \uD83D\uDE00?", NOON, Trace.Status.COMPLETE);
    await(store.save(Workspace.ONLY, trace));
    assertThat(await(store.get(Workspace.ONLY, trace.id())))
        .usingRecursiveComparison()
        .isEqualTo(trace);
  }

  @Test
  void savingAgainReplaces() {
    Trace running = trace("c2", "again", NOON, Trace.Status.RUNNING);
    Trace ended =
        new Trace(
            1,
            running.id(),
            NOON,
            Trace.Status.CANCELLED,
            "c2",
            null,
            "again",
            null,
            List.of(),
            running.model(),
            null,
            running.style(),
            running.k(),
            running.sampling(),
            List.of(),
            null,
            null,
            null,
            running.paths());
    await(store.save(Workspace.ONLY, running));
    await(store.save(Workspace.ONLY, ended));
    assertThat(await(store.get(Workspace.ONLY, running.id())).status())
        .isEqualTo(Trace.Status.CANCELLED);
  }

  @Test
  void historyIsNewestFirstSearchedAndPaged() {
    for (int i = 0; i < 5; i++) {
      await(
          store.save(
              Workspace.ONLY,
              trace(
                  "c3",
                  "Unique%d 100%% of Mirrors".formatted(i),
                  NOON.plusSeconds(100 + i),
                  Trace.Status.COMPLETE)));
    }
    assertThat(questions("mirrors unique", null, 3))
        .containsExactly(
            "Unique4 100% of Mirrors", "Unique3 100% of Mirrors", "Unique2 100% of Mirrors");
    assertThat(questions("mirrors", NOON.plusSeconds(102), 9))
        .containsExactly("Unique1 100% of Mirrors", "Unique0 100% of Mirrors");
    assertThat(questions("100% unique1", null, 9)).hasSize(1);
    assertThat(questions("1_0%", null, 9)).isEmpty();
    assertThat(questions(null, null, 1)).hasSize(1);
    assertThat(questions("  ", null, 1)).hasSize(1);
  }

  @Test
  void aConversationIsOldestFirst() {
    for (int i = 0; i < 4; i++) {
      await(
          store.save(
              Workspace.ONLY,
              trace("talk", "turn " + i, NOON.plusSeconds(i), Trace.Status.COMPLETE)));
    }
    assertThat(await(store.conversation(Workspace.ONLY, "talk", 2)))
        .extracting(Trace::question)
        .containsExactly("turn 2", "turn 3");
    assertThat(await(store.conversation(Workspace.ONLY, "silence", 2))).isEmpty();
  }

  @Test
  void whatIsDeletedIsGone() {
    Trace trace = trace("c4", "gone", NOON, Trace.Status.COMPLETE);
    await(store.save(Workspace.ONLY, trace));
    await(store.delete(Workspace.ONLY, trace.id()));
    for (String id : List.of(trace.id(), UUID.randomUUID().toString(), "no-uuid")) {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> await(store.get(Workspace.ONLY, id)))
          .returns(Kind.NOT_FOUND, ProblemException::kind);
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> await(store.delete(Workspace.ONLY, id)))
          .returns(Kind.NOT_FOUND, ProblemException::kind);
    }
  }

  private static List<String> questions(String search, Instant before, int limit) {
    return await(store.list(Workspace.ONLY, search, before, limit)).stream()
        .map(Summary::question)
        .toList();
  }

  private static Trace trace(
      String conversation, String question, Instant at, Trace.Status status) {
    PathTrace path =
        new PathTrace(
            AnswerPath.ATTENTION,
            "An answer \0",
            "stop",
            null,
            Notice.of(Notice.Code.NOTHING_NEAR, "Nothing \0 near."),
            new PromptTrace(
                3,
                1,
                2048,
                "<s>…",
                new int[] {1, 2, 3},
                List.of(new PromptPart(PromptPart.Kind.PASSAGE, 3, 7L)),
                2),
            List.of(
                new PassageTrace(
                    7,
                    8,
                    "a.html",
                    "A",
                    "H",
                    null,
                    0,
                    4,
                    "text",
                    true,
                    new PathTrace.Retrieved(1, 0.0325, 0.7, null, null),
                    false,
                    new PathTrace.InPrompt(1, 3),
                    new PathTrace.Attended(0.25, 1.5))),
            List.of(new TokenTrace(42, " An", -0.125, 12.5, new float[] {0.1f, 0.9f})),
            Timings.NONE,
            null);
    return new Trace(
        1,
        UUID.randomUUID().toString(),
        at,
        status,
        conversation,
        null,
        question,
        "faq",
        List.of("a.html#1"),
        new Trace.Model("tiny", "abc", "int8"),
        new Trace.Encoder("toy", 3),
        AnswerStyle.SHORT,
        null,
        Sampling.GREEDY,
        List.of(1, 2),
        question,
        new Trace.QuestionVector(List.of(0.5f), 1.0),
        new Trace.Reranking("heads", 10, 812.5),
        List.of(path));
  }
}
