package io.kvasir.contrast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.contrast.Contrasts.Turn;
import io.kvasir.contrast.path.Paths;
import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.PathTrace;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Sampling;
import io.kvasir.core.Scope;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.kvasir.generate.GenerationEvent;
import io.kvasir.generate.OneDecoder;
import io.kvasir.generate.ScriptedGenerator;
import io.kvasir.observe.AnswerListener;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients of {@code /v1} say reaches the prompt, the search and the trace. */
final class ChatTest {
  private static final String ANSWER = "dpkg -S";

  /** As an answer from documents begins, in the style of chats. */
  private static final String OPENED = "According to the passage," + ANSWER;

  private final Shelf shelf =
      new Shelf(List.of("apples are red", "dpkg -S finds the package of a file", "pears too"));
  private final ScheduledExecutorService worker = Executors.newScheduledThreadPool(2);

  @AfterEach
  void stop() {
    worker.shutdownNow();
  }

  @ParameterizedTest
  @MethodSource("reading")
  void whatTheClientInstructsStandsBehindOursAndBeforeEveryDocument(AnswerPath path)
      throws Exception {
    Asked asked = new Asked(4_000);
    asked.chat(
        path, system("Answer in capitals."), user("which package"), system("End with HERON."));

    assertThat(asked.prompt())
        .containsSubsequence(
            "Answer the question.",
            "Answer in capitals.\n\nEnd with HERON.",
            "dpkg -S finds the package",
            "Question: which package");
  }

  @Test
  void aFollowUpIsSearchedAndReadAsInTheProductsOwnConversation() throws Exception {
    Asked own = new Asked(4_000);
    String first = own.contrast("which package", null);
    own.contrast("and why", first);
    String searched = shelf.searched;
    String prompt = own.prompt();

    Asked asked = new Asked(4_000);
    asked.chat(
        AnswerPath.RAG,
        user("which package"),
        new Turn("assistant", OPENED + "\n"),
        user("and why"));

    assertThat(shelf.searched).isEqualTo(searched).isEqualTo("which package\nand why");
    assertThat(asked.prompt()).isEqualTo(prompt);
  }

  @Test
  void aGreetingIsReadAndNotSearchedForAndAnUnfinishedAnswerIsGoneOnWith() throws Exception {
    Asked asked = new Asked(4_000);
    Contrasts.Chat chat =
        asked.chat(
            AnswerPath.RAG,
            new Turn("assistant", "How can I help?"),
            user("which package"),
            new Turn("assistant", "It is"));

    assertThat(shelf.searched).isEqualTo("which package");
    assertThat(asked.prompt())
        .containsSubsequence("How can I help?", "dpkg -S finds", "Question: which package")
        .endsWith("It is");
    assertThat(asked.answer(chat)).as("it has its beginning already").isEqualTo(ANSWER);
  }

  @Test
  void aChatThatReadsDocumentsIsAContrastThatIsKept() throws Exception {
    Asked asked = new Asked(4_000);

    Contrasts.Chat chat = asked.chat(AnswerPath.RAG, user("which package"));

    assertThat(asked.answer(chat)).isEqualTo(OPENED);
    assertThat(chat.grounds().collection()).isEqualTo(Shelf.NAME);
    assertThat(chat.grounds().passages())
        .extracting(PathTrace.PassageTrace::text)
        .containsExactly("dpkg -S finds the package of a file");
    Trace trace = await(asked.service.trace(Workspace.ONLY, chat.grounds().contrast()));
    assertThat(trace.question()).isEqualTo("which package");
    assertThat(trace.status()).isEqualTo(Trace.Status.COMPLETE);
    assertThat(trace.paths()).extracting(PathTrace::answer).containsExactly(OPENED);
  }

  @Test
  void whoGoesAwayEndsIt() throws Exception {
    Asked asked = new Asked(4_000);
    Contrasts.Chat chat =
        await(
            asked.service.chat(
                Workspace.ONLY,
                asked.request(AnswerPath.RAG, Sampling.GREEDY, user("which package")),
                TokenAllowance.ENDLESS));

    chat.cancel().run();

    assertThat(chat.events().endsAt(chat.events().size())).isTrue();
    assertThat(await(asked.service.trace(Workspace.ONLY, chat.grounds().contrast())).status())
        .isEqualTo(Trace.Status.CANCELLED);
  }

  @Test
  void theWeightsAloneReadWhatWasSaidAndNothingElse() throws Exception {
    Asked asked = new Asked(4_000);

    Contrasts.Chat chat =
        asked.chat(AnswerPath.CLOSED_BOOK, system("Be short."), user("Hi"), user("you"));

    assertThat(asked.prompt()).isEqualTo("^Be short.Hi\n\nyou");
    assertThat(chat.grounds()).isNull();
    assertThat(chat.events().get(1))
        .isInstanceOfSatisfying(
            GenerationEvent.Token.class, token -> assertThat(token.mass()).isEmpty());
  }

  @Test
  void anAnswerThatMayBeLongLeavesRoomForTheDocuments() throws Exception {
    Asked asked = new Asked(800);

    Contrasts.Chat chat =
        asked.chat(
            AnswerPath.RAG,
            Sampling.GREEDY.withMaxTokens(700),
            system("x".repeat(300)),
            user("which package"));

    assertThat(chat.grounds().passages()).isNotEmpty();
    int limit =
        await(asked.service.trace(Workspace.ONLY, chat.grounds().contrast()))
            .sampling()
            .maxTokens();
    assertThat(limit).isLessThan(700);
    assertThat(chat.promptTokens() + limit).isLessThanOrEqualTo(800);
  }

  @ParameterizedTest
  @MethodSource("all")
  void wordsThatDoNotFitAreRefusedAsTooLong(AnswerPath path) {
    Asked asked = new Asked(800);

    assertThatThrownBy(() -> asked.chat(path, system("x".repeat(900)), user("which")))
        .rootCause()
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.kind()).isEqualTo(ProblemException.Kind.TOO_LONG));
  }

  private static List<AnswerPath> all() {
    return Paths.ALL.names();
  }

  private static List<AnswerPath> reading() {
    return all().stream().filter(path -> Paths.ALL.of(path).readsDocuments()).toList();
  }

  private static Turn system(String text) {
    return new Turn("system", text);
  }

  private static Turn user(String text) {
    return new Turn("user", text);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  /** A service and the decoder behind it. */
  private final class Asked {
    private final ScriptedGenerator generator;
    private final ContrastService service;

    Asked(int context) {
      generator = new ScriptedGenerator(context, ANSWER);
      service =
          new ContrastService(
              new OneDecoder(generator),
              shelf,
              new MaterialSource(shelf, shelf, NothingKept.memory()),
              Paths.ALL,
              Shelf.NAME,
              ContrastLimits.DEFAULT,
              decoder -> AnswerDefaults.SAFE,
              worker,
              AnswerListener.NONE);
    }

    String prompt() {
      return generator.lastPrompt();
    }

    Contrasts.ChatRequest request(AnswerPath path, Sampling sampling, Turn... turns) {
      return new Contrasts.ChatRequest(null, path, null, Scope.ALL, null, List.of(turns), sampling);
    }

    Contrasts.Chat chat(AnswerPath path, Turn... turns) throws Exception {
      return chat(path, Sampling.GREEDY, turns);
    }

    Contrasts.Chat chat(AnswerPath path, Sampling sampling, Turn... turns) throws Exception {
      Contrasts.Chat chat =
          await(
              service.chat(Workspace.ONLY, request(path, sampling, turns), TokenAllowance.ENDLESS));
      generator.run();
      return chat;
    }

    String contrast(String question, String conversation) throws Exception {
      Contrasts.Running running =
          await(
              service.start(
                  Workspace.ONLY,
                  new ContrastRequest(
                      question,
                      conversation,
                      Shelf.NAME,
                      Scope.ALL,
                      List.of(AnswerPath.RAG),
                      null,
                      null,
                      Sampling.GREEDY,
                      null,
                      null),
                  TokenAllowance.ENDLESS));
      generator.run();
      while (!running.events().endsAt(running.events().size())) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      return running.id();
    }

    String answer(Contrasts.Chat chat) {
      StringBuilder answer = new StringBuilder();
      for (int i = 0; i < chat.events().size(); i++) {
        if (chat.events().get(i) instanceof GenerationEvent.Token token) {
          answer.append(token.text());
        }
      }
      return answer.toString();
    }
  }
}
