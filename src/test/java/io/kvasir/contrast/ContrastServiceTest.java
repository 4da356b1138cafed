package io.kvasir.contrast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.contrast.path.Paths;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.Notice;
import io.kvasir.core.PathTrace;
import io.kvasir.core.ProblemException;
import io.kvasir.core.PromptPart;
import io.kvasir.core.Sampling;
import io.kvasir.core.Scope;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.kvasir.generate.OneDecoder;
import io.kvasir.generate.ScriptedGenerator;
import io.kvasir.observe.AnswerListener;
import io.kvasir.stream.EventLog;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ContrastServiceTest {
  private static final List<AnswerPath> ALL =
      List.of(AnswerPath.CLOSED_BOOK, AnswerPath.RAG, AnswerPath.ATTENTION);

  private final ScriptedGenerator generator = new ScriptedGenerator(2_000, "dpkg -S");
  private final OneDecoder decoders = new OneDecoder(generator);
  private final Shelf shelf =
      new Shelf(List.of("apples are red", "dpkg -S finds the package of a file", "pears too"));
  private final ScheduledExecutorService worker = Executors.newScheduledThreadPool(2);

  @AfterEach
  void stop() {
    worker.shutdownNow();
  }

  @Test
  void everyPathIsRecordedWithWhatItReadAndAttended() throws Exception {
    ContrastService service = service(ContrastLimits.DEFAULT);

    Trace trace = finished(service, request("which package has a file", ALL, null));

    assertThat(trace.status()).isEqualTo(Trace.Status.COMPLETE);
    assertThat(trace.paths()).extracting(PathTrace::path).containsExactlyElementsOf(ALL);
    assertThat(trace.paths()).extracting(PathTrace::answer).containsOnly("dpkg -S");
    PathTrace rag = trace.paths().get(1);
    PathTrace.PassageTrace best = rag.passages().get(0);
    assertThat(best.text()).startsWith("dpkg -S");
    assertThat(best.retrieved().rank()).isEqualTo(1);
    assertThat(best.inPrompt().position()).isEqualTo(1);
    assertThat(best.attended().lift()).isBetween(0.9, 1.0);
    PathTrace attention = trace.paths().get(2);
    assertThat(attention.passages())
        .extracting(PathTrace.PassageTrace::id)
        .containsExactly(1L, 2L, 3L);
    assertThat(attention.passages()).noneMatch(PathTrace.PassageTrace::used);
    assertThat(attention.passages().get(1).retrieved().rank()).isEqualTo(1);
  }

  @Test
  void massesHaveOnePlaceForEachPartAndAddUpToOne() throws Exception {
    Trace trace = finished(service(ContrastLimits.DEFAULT), request("which package", ALL, null));

    for (PathTrace path : trace.paths()) {
      List<PromptPart> parts = path.prompt().parts();
      assertThat(parts.get(parts.size() - 1))
          .isEqualTo(new PromptPart(PromptPart.Kind.ANSWER, 7, null));
      for (PathTrace.TokenTrace token : path.tokens()) {
        double sum = 0;
        for (float mass : token.mass()) {
          sum += mass;
        }
        assertThat(token.mass()).hasSameSizeAs(parts.toArray());
        assertThat(sum).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-5));
      }
    }
  }

  @Test
  void readersSeeTheEventsInOrderAndTheLastSaysHowItEnded() throws Exception {
    ContrastService service = service(ContrastLimits.DEFAULT);
    Contrasts.Running running =
        await(
            service.start(
                Workspace.ONLY, request("which package", ALL, null), TokenAllowance.ENDLESS));
    generator.run();

    List<String> types = types(running.events());

    assertThat(types.subList(0, 5))
        .containsExactly("started", "retrieved", "prompt", "prompt", "prompt");
    assertThat(types.get(types.size() - 1)).isEqualTo("ended");
    assertThat(types.stream().filter("token"::equals)).hasSize(21);
  }

  @Test
  void whatDoesNotFitTheBudgetIsSaidAndNeverCut() throws Exception {
    ContrastRequest tight =
        new ContrastRequest(
            "which package", null, Shelf.NAME, Scope.ALL, ALL, null, Sampling.GREEDY, null, 80);

    Trace trace = finished(service(ContrastLimits.DEFAULT), tight);

    PathTrace attention = trace.paths().get(2);
    assertThat(attention.prompt().left()).isEqualTo(1);
    assertThat(attention.notice())
        .extracting(Notice::code, Notice::values)
        .containsExactly(
            Notice.Code.PARTLY_READ, Map.of("fitting", 2, "all", 3, "budget", 80, "left", 1));
    assertThat(attention.notice().text()).contains("2 of 3 passages");
    assertThat(attention.passages().get(0).inPrompt().tokens())
        .isEqualTo("Passage: A\napples are red\n\n".length());
  }

  @Test
  void whatWouldFitIsWhatFits() throws Exception {
    Contrasts.Fit fit =
        await(service(ContrastLimits.DEFAULT).fit(Workspace.ONLY, null, Shelf.NAME, Scope.ALL, 80));

    assertThat(fit.passages()).isEqualTo(3);
    assertThat(fit.fitting()).isEqualTo(2);
    assertThat(fit.left()).isEqualTo(1);
    assertThat(fit.tokens()).isLessThanOrEqualTo(80);
  }

  @Test
  void passagesThatOnlyShareAWordAreSaidToBeAboutSomethingElse() throws Exception {
    shelf.cosine = 0.2;

    Trace trace = finished(service(ContrastLimits.DEFAULT), request("which package", ALL, null));

    assertThat(trace.paths().get(1).notice().code()).isEqualTo(Notice.Code.NOTHING_NEAR);
  }

  @Test
  void aFollowUpIsSearchedWithTheEarlierQuestionAndReadsItsOwnLaneOnly() throws Exception {
    ContrastService service = service(ContrastLimits.DEFAULT);
    Trace first = finished(service, request("which package", ALL, null));

    Trace second = finished(service, request("and why", List.of(AnswerPath.RAG), first.id()));

    assertThat(second.conversation()).isEqualTo(first.id());
    assertThat(second.searched()).isEqualTo("which package\nand why");
    assertThat(second.paths().get(0).prompt().text())
        .containsSubsequence("Question: which package", "dpkg -S", "Question: and why");
  }

  @Test
  void aFollowUpIsAskedOfWhatItsConversationWasAskedOf() throws Exception {
    ContrastService service = service(ContrastLimits.DEFAULT);
    Scope part = new Scope(List.of("a.txt#One"));
    Trace first = finished(service, follow(null, Shelf.NAME, part, ALL));
    finished(service, follow(first.id(), null, Scope.ALL, List.of(AnswerPath.CLOSED_BOOK)));

    Trace third = finished(service, follow(first.id(), null, Scope.ALL, ALL));
    assertThat(third.collection()).isEqualTo(Shelf.NAME);
    assertThat(third.scope()).isEqualTo(part.selectors());
    assertThat(decoders.asked()).containsExactly(null, "scripted", "scripted");

    Scope other = new Scope(List.of("a.txt#Two"));
    assertThat(finished(service, follow(first.id(), null, other, ALL)).scope())
        .isEqualTo(other.selectors());
    assertThat(finished(service, follow(first.id(), Shelf.NAME, Scope.ALL, ALL)).scope())
        .as("a collection that is named is asked as a whole")
        .isEmpty();
    assertThat(refusal(service, follow(first.id(), "nowhere", Scope.ALL, ALL)))
        .isEqualTo("no collection nowhere");
  }

  @Test
  void aFollowUpOfAConversationWithoutDocumentsSaysThatItNeedsSome() throws Exception {
    ContrastService service = service(ContrastLimits.DEFAULT);
    Trace first = finished(service, follow(null, null, Scope.ALL, List.of(AnswerPath.CLOSED_BOOK)));

    assertThat(refusal(service, follow(first.id(), null, Scope.ALL, ALL)))
        .contains("collection is missing");
    assertThat(refusal(service, follow("no such conversation", null, Scope.ALL, ALL)))
        .contains("collection is missing");
  }

  private static ContrastRequest follow(
      String conversation, String collection, Scope scope, List<AnswerPath> paths) {
    return new ContrastRequest(
        "and which else",
        conversation,
        collection,
        scope,
        paths,
        null,
        Sampling.GREEDY,
        null,
        null);
  }

  @Test
  void aContrastNobodyReadsIsCancelledAndKeepsItsTrace() throws Exception {
    ContrastLimits impatient =
        ContrastLimits.DEFAULT.withLife(32, Duration.ofMillis(50), Duration.ZERO);
    ContrastService service = service(impatient);

    Contrasts.Running running =
        await(
            service.start(
                Workspace.ONLY, request("which package", ALL, null), TokenAllowance.ENDLESS));

    assertThat(types(running.events())).endsWith("ended");
    assertThat(await(service.trace(Workspace.ONLY, running.id())).status())
        .isEqualTo(Trace.Status.CANCELLED);
    assertThat(await(shelf.get(Workspace.ONLY, running.id())).status())
        .isEqualTo(Trace.Status.CANCELLED);
  }

  @Test
  void aReaderWhoComesBackInTimeFindsItRunning() throws Exception {
    ContrastLimits impatient =
        ContrastLimits.DEFAULT.withLife(32, Duration.ofMillis(200), Duration.ZERO);
    ContrastService service = service(impatient);
    Contrasts.Running running =
        await(
            service.start(
                Workspace.ONLY, request("which package", ALL, null), TokenAllowance.ENDLESS));
    service.join(Workspace.ONLY, running.id());
    service.leave(Workspace.ONLY, running.id());
    service.join(Workspace.ONLY, running.id());

    TimeUnit.MILLISECONDS.sleep(400);

    assertThat(await(service.trace(Workspace.ONLY, running.id())).status())
        .isEqualTo(Trace.Status.RUNNING);
  }

  @Test
  void theLimitOfRunningContrastsIsReleasedByThoseThatEndAndThoseThatFail() throws Exception {
    ContrastLimits one = ContrastLimits.DEFAULT.withLife(1, Duration.ofSeconds(10), Duration.ZERO);
    ContrastService service = service(one);
    ContrastRequest request = request("which package", ALL, null);
    finished(service, request);
    ContrastRequest wrong = withCollection(request, "nowhere");
    // Its place is free a moment after its readers saw the end.
    for (int tries = 0; tries < 100 && refusal(service, wrong).contains("limit"); tries++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(refusal(service, wrong)).isEqualTo("no collection nowhere");

    await(service.start(Workspace.ONLY, request, TokenAllowance.ENDLESS));

    assertThatThrownBy(() -> await(service.start(Workspace.ONLY, request, TokenAllowance.ENDLESS)))
        .hasRootCauseInstanceOf(ProblemException.class)
        .rootCause()
        .hasMessageContaining("contrast.running");
  }

  @Test
  void questionsAtTheSameTimeCannotUseTheSameTokensAndWhatWasNotUsedComesBack() throws Exception {
    ContrastService service = service(ContrastLimits.DEFAULT);
    ContrastRequest request = request("which package", List.of(AnswerPath.CLOSED_BOOK), null);
    Purse purse = new Purse();
    await(service.start(Workspace.ONLY, request, purse));
    int most = purse.taken.get();
    assertThat(most).isGreaterThan(Sampling.GREEDY.maxTokens());

    Contrasts.Running second = await(service.start(Workspace.ONLY, request, purse));
    assertThat(purse.taken).hasValue(2 * most);
    generator.run();
    types(second.events());

    int used = most - Sampling.GREEDY.maxTokens() + "dpkg -S".length();
    assertThat(purse.taken).hasValue(2 * used);
    generator.refuse();
    assertThatThrownBy(() -> await(service.start(Workspace.ONLY, request, purse)))
        .hasMessageContaining("full");
    assertThat(purse.taken).as("nothing ran").hasValue(2 * used);
  }

  /** Counts what is taken. */
  private static final class Purse implements TokenAllowance {
    private final AtomicInteger taken = new AtomicInteger();

    @Override
    public void take(int tokens) {
      taken.addAndGet(tokens);
    }

    @Override
    public void giveBack(int tokens) {
      taken.addAndGet(-tokens);
    }
  }

  @Test
  void aFullEngineRefusesBeforeAnythingIsKept() {
    generator.refuse();

    assertThatThrownBy(
            () ->
                await(
                    service(ContrastLimits.DEFAULT)
                        .start(
                            Workspace.ONLY, request("which", ALL, null), TokenAllowance.ENDLESS)))
        .rootCause()
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.kind()).isEqualTo(ProblemException.Kind.BUSY));
  }

  private ContrastService service(ContrastLimits limits) {
    return new ContrastService(
        decoders,
        shelf,
        new MaterialSource(shelf, shelf),
        Paths.ALL,
        Shelf.NAME,
        limits,
        worker,
        AnswerListener.NONE);
  }

  private static ContrastRequest request(
      String question, List<AnswerPath> paths, String conversation) {
    return new ContrastRequest(
        question, conversation, Shelf.NAME, Scope.ALL, paths, null, Sampling.GREEDY, null, null);
  }

  private static ContrastRequest withCollection(ContrastRequest request, String collection) {
    return new ContrastRequest(
        request.question(),
        null,
        collection,
        Scope.ALL,
        request.paths(),
        null,
        request.sampling(),
        null,
        null);
  }

  private static String refusal(ContrastService service, ContrastRequest request) throws Exception {
    try {
      return "started "
          + await(service.start(Workspace.ONLY, request, TokenAllowance.ENDLESS)).id();
    } catch (ExecutionException e) {
      return e.getCause().getMessage();
    }
  }

  private Trace finished(ContrastService service, ContrastRequest request) throws Exception {
    Contrasts.Running running =
        await(service.start(Workspace.ONLY, request, TokenAllowance.ENDLESS));
    generator.run();
    types(running.events());
    return await(service.trace(Workspace.ONLY, running.id()));
  }

  private static List<String> types(EventLog<ContrastEvent> log) throws Exception {
    List<String> types = new ArrayList<>();
    for (int i = 0; !log.endsAt(i); ) {
      await(log.reached(i));
      for (; i < log.size(); i++) {
        types.add(log.get(i).type());
      }
    }
    return types;
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
  }
}
