package io.kvasir.contrast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.Notice;
import io.kvasir.core.PathTrace;
import io.kvasir.core.ProblemException;
import io.kvasir.core.PromptPart;
import io.kvasir.core.Sampling;
import io.kvasir.core.Scope;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.kvasir.generate.ScriptedGenerator;
import io.kvasir.retrieve.Fusion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ContrastServiceTest {
  private final ScriptedGenerator generator = new ScriptedGenerator(2_000, "dpkg -S");
  private final ContrastsUnderTest contrasts =
      new ContrastsUnderTest(
          generator, "apples are red", "dpkg -S finds the package of a file", "pears too");
  private final Shelf shelf = contrasts.shelf;

  @AfterEach
  void stop() {
    contrasts.close();
  }

  @Test
  void everyPathIsRecordedWithWhatItReadAndAttended() throws Exception {
    ContrastService service = contrasts.service(ContrastLimits.DEFAULT);

    Trace trace =
        contrasts.finished(
            service,
            ContrastsUnderTest.request("which package has a file", ContrastsUnderTest.ALL, null));

    assertThat(trace.status()).isEqualTo(Trace.Status.COMPLETE);
    assertThat(trace.paths())
        .extracting(PathTrace::path)
        .containsExactlyElementsOf(ContrastsUnderTest.ALL);
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
    Trace trace =
        contrasts.finished(
            contrasts.service(ContrastLimits.DEFAULT),
            ContrastsUnderTest.request("which package", ContrastsUnderTest.ALL, null));

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
    ContrastService service = contrasts.service(ContrastLimits.DEFAULT);
    Contrasts.Running running =
        ContrastsUnderTest.await(
            service.start(
                Workspace.ONLY,
                ContrastsUnderTest.request("which package", ContrastsUnderTest.ALL, null),
                TokenAllowance.ENDLESS));
    generator.run();

    List<String> types = ContrastsUnderTest.types(running.events());

    assertThat(types.subList(0, 5))
        .containsExactly("started", "retrieved", "prompt", "prompt", "prompt");
    assertThat(types.get(types.size() - 1)).isEqualTo("ended");
    assertThat(types.stream().filter("token"::equals)).hasSize(7 * ContrastsUnderTest.ALL.size());
  }

  @Test
  void whatDoesNotFitTheBudgetIsSaidAndNeverCut() throws Exception {
    ContrastRequest tight =
        new ContrastRequest(
            "which package",
            null,
            Shelf.NAME,
            Scope.ALL,
            ContrastsUnderTest.ALL,
            null,
            AnswerStyle.SHORT,
            Sampling.GREEDY,
            null,
            80);

    Trace trace = contrasts.finished(contrasts.service(ContrastLimits.DEFAULT), tight);

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
  void whatIsFoundWithoutAnAnswerIsWhatTheAnswerIsGiven() throws Exception {
    ContrastRequest request =
        ContrastsUnderTest.request("which package", List.of(AnswerPath.RAG), null);
    ContrastService service = contrasts.service(ContrastLimits.DEFAULT);
    Rehearsal rehearsed = ContrastsUnderTest.await(service.rehearse(Workspace.ONLY, request));
    PathTrace answered = contrasts.finished(service, request).paths().get(0);
    assertThat(rehearsed.passages())
        .extracting(PathTrace.PassageTrace::inPrompt)
        .doesNotContainNull();
    assertThat(rehearsed.passages())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("attended")
        .containsExactlyInAnyOrderElementsOf(answered.passages());
    assertThat(rehearsed.weights()).isEqualTo(Fusion.DEFAULT.weights());
  }

  @Test
  void whatWouldFitIsWhatFits() throws Exception {
    Contrasts.Fit fit =
        ContrastsUnderTest.await(
            contrasts
                .service(ContrastLimits.DEFAULT)
                .fit(Workspace.ONLY, null, Shelf.NAME, Scope.ALL, 80));

    assertThat(fit.passages()).isEqualTo(3);
    assertThat(fit.fitting()).isEqualTo(2);
    assertThat(fit.left()).isEqualTo(1);
    assertThat(fit.tokens()).isLessThanOrEqualTo(80);
  }

  @Test
  void passagesThatOnlyShareAWordAreSaidToBeAboutSomethingElse() throws Exception {
    shelf.cosine = 0.2;

    Trace trace =
        contrasts.finished(
            contrasts.service(ContrastLimits.DEFAULT),
            ContrastsUnderTest.request("which package", ContrastsUnderTest.ALL, null));

    assertThat(trace.paths().get(1).notice().code()).isEqualTo(Notice.Code.NOTHING_NEAR);
  }

  @Test
  void aContrastNobodyReadsIsCancelledAndKeepsItsTrace() throws Exception {
    ContrastLimits impatient =
        ContrastLimits.DEFAULT.withLife(32, Duration.ofMillis(50), Duration.ZERO);
    ContrastService service = contrasts.service(impatient);

    Contrasts.Running running =
        ContrastsUnderTest.await(
            service.start(
                Workspace.ONLY,
                ContrastsUnderTest.request("which package", ContrastsUnderTest.ALL, null),
                TokenAllowance.ENDLESS));

    assertThat(ContrastsUnderTest.types(running.events())).endsWith("ended");
    assertThat(ContrastsUnderTest.await(service.trace(Workspace.ONLY, running.id())).status())
        .isEqualTo(Trace.Status.CANCELLED);
    assertThat(ContrastsUnderTest.await(shelf.get(Workspace.ONLY, running.id())).status())
        .isEqualTo(Trace.Status.CANCELLED);
  }

  @Test
  void aReaderWhoComesBackInTimeFindsItRunning() throws Exception {
    ContrastLimits impatient =
        ContrastLimits.DEFAULT.withLife(32, Duration.ofMillis(200), Duration.ZERO);
    ContrastService service = contrasts.service(impatient);
    Contrasts.Running running =
        ContrastsUnderTest.await(
            service.start(
                Workspace.ONLY,
                ContrastsUnderTest.request("which package", ContrastsUnderTest.ALL, null),
                TokenAllowance.ENDLESS));
    service.join(Workspace.ONLY, running.id());
    service.leave(Workspace.ONLY, running.id());
    service.join(Workspace.ONLY, running.id());

    TimeUnit.MILLISECONDS.sleep(400);

    assertThat(ContrastsUnderTest.await(service.trace(Workspace.ONLY, running.id())).status())
        .isEqualTo(Trace.Status.RUNNING);
  }

  @Test
  void theLimitOfRunningContrastsIsReleasedByThoseThatEndAndThoseThatFail() throws Exception {
    ContrastLimits one = ContrastLimits.DEFAULT.withLife(1, Duration.ofSeconds(10), Duration.ZERO);
    ContrastService service = contrasts.service(one);
    ContrastRequest request =
        ContrastsUnderTest.request("which package", ContrastsUnderTest.ALL, null);
    contrasts.finished(service, request);
    ContrastRequest wrong = withCollection(request, "nowhere");
    // Its place is free a moment after its readers saw the end.
    for (int tries = 0;
        tries < 100 && ContrastsUnderTest.refusal(service, wrong).contains("limit");
        tries++) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertThat(ContrastsUnderTest.refusal(service, wrong)).isEqualTo("no collection nowhere");

    ContrastsUnderTest.await(service.start(Workspace.ONLY, request, TokenAllowance.ENDLESS));

    assertThatThrownBy(
            () ->
                ContrastsUnderTest.await(
                    service.start(Workspace.ONLY, request, TokenAllowance.ENDLESS)))
        .hasRootCauseInstanceOf(ProblemException.class)
        .rootCause()
        .hasMessageContaining("contrast.running");
  }

  @Test
  void questionsAtTheSameTimeCannotUseTheSameTokensAndWhatWasNotUsedComesBack() throws Exception {
    ContrastService service = contrasts.service(ContrastLimits.DEFAULT);
    ContrastRequest request =
        ContrastsUnderTest.request("which package", List.of(AnswerPath.CLOSED_BOOK), null);
    Purse purse = new Purse();
    ContrastsUnderTest.await(service.start(Workspace.ONLY, request, purse));
    int most = purse.taken.get();
    assertThat(most).isGreaterThan(Sampling.GREEDY.maxTokens());

    Contrasts.Running second =
        ContrastsUnderTest.await(service.start(Workspace.ONLY, request, purse));
    assertThat(purse.taken).hasValue(2 * most);
    generator.run();
    ContrastsUnderTest.types(second.events());

    int used = most - Sampling.GREEDY.maxTokens() + "dpkg -S".length();
    assertThat(purse.taken).hasValue(2 * used);
    generator.refuse();
    assertThatThrownBy(
            () -> ContrastsUnderTest.await(service.start(Workspace.ONLY, request, purse)))
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
                ContrastsUnderTest.await(
                    contrasts
                        .service(ContrastLimits.DEFAULT)
                        .start(
                            Workspace.ONLY,
                            ContrastsUnderTest.request("which", ContrastsUnderTest.ALL, null),
                            TokenAllowance.ENDLESS)))
        .rootCause()
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.kind()).isEqualTo(ProblemException.Kind.BUSY));
  }

  private static ContrastRequest withCollection(ContrastRequest request, String collection) {
    return new ContrastRequest(
        request.question(),
        null,
        collection,
        Scope.ALL,
        request.paths(),
        null,
        request.style(),
        request.sampling(),
        null,
        null);
  }
}
