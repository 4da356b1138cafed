package io.kvasir.contrast;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.PathTrace;
import io.kvasir.core.PathTrace.TokenTrace;
import io.kvasir.core.PromptPart;
import io.kvasir.core.Sampling;
import io.kvasir.core.Scope;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.kvasir.generate.ScriptedGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much an answer says is the user's choice; how it begins is part of the answer. */
final class AnswerStylesTest {
  private static final String OPENING = "According to the passage,";
  private static final String SAID = " dpkg -S";

  private final ContrastsUnderTest contrasts =
      new ContrastsUnderTest(
          new ScriptedGenerator(4_000, SAID), "dpkg -S finds the package of a file", "pears too");
  private final ContrastService service = contrasts.service(ContrastLimits.DEFAULT);

  @AfterEach
  void stop() {
    contrasts.close();
  }

  @Test
  void anOpeningIsTheBeginningOfTheAnswerWhereverItIsShown() throws Exception {
    Contrasts.Running running =
        ContrastsUnderTest.await(
            service.start(
                Workspace.ONLY,
                ContrastsUnderTest.request(
                    "which package", List.of(AnswerPath.RAG), null, AnswerStyle.ANSWER),
                TokenAllowance.ENDLESS));
    contrasts.generator.run();
    ContrastsUnderTest.types(running.events());
    StringBuilder streamed = new StringBuilder();
    for (int i = 0; i < running.events().size(); i++) {
      if (running.events().get(i) instanceof ContrastEvent.Token token) {
        streamed.append(token.token().text());
      }
    }
    PathTrace path =
        ContrastsUnderTest.await(service.trace(Workspace.ONLY, running.id())).paths().get(0);

    assertThat(streamed).hasToString(OPENING + SAID);
    assertThat(path.answer()).isEqualTo(OPENING + SAID);
    assertThat(path.tokens().stream().map(TokenTrace::text).collect(Collectors.joining()))
        .isEqualTo(OPENING + SAID);
    assertThat(path.prompt().text()).doesNotContain(OPENING);
    assertThat(path.prompt().parts().get(path.prompt().parts().size() - 1))
        .isEqualTo(new PromptPart(PromptPart.Kind.ANSWER, path.tokens().size(), null));
  }

  @Test
  void whatReadNoPassageDoesNotSayThatItDid() throws Exception {
    Trace trace =
        contrasts.finished(
            service,
            ContrastsUnderTest.request(
                "nothing alike", ContrastsUnderTest.ALL, null, AnswerStyle.ANSWER));

    assertThat(trace.paths().get(0).answer()).as("closed book").isEqualTo(SAID);
    assertThat(trace.paths().get(1).answer()).as("rag that found nothing").isEqualTo(SAID);
    assertThat(trace.paths().get(2).answer()).as("attention").isEqualTo(OPENING + SAID);
  }

  @Test
  void anAnswerWithoutRoomBehindItsOpeningIsNotOpened() throws Exception {
    ContrastRequest tight =
        new ContrastRequest(
            "which package",
            null,
            Shelf.NAME,
            Scope.ALL,
            List.of(AnswerPath.RAG),
            null,
            AnswerStyle.ANSWER,
            Sampling.GREEDY.withMaxTokens(OPENING.length()),
            null,
            null);

    assertThat(contrasts.finished(service, tight).paths().get(0).answer()).isEqualTo(SAID);
  }

  @Test
  void aTraceTellsTheStyleAndWhoSaysNoneGetsAnAnswer() throws Exception {
    List<AnswerStyle> told = new ArrayList<>();
    for (AnswerStyle style : new AnswerStyle[] {null, AnswerStyle.SHORT, AnswerStyle.FULL}) {
      told.add(
          contrasts
              .finished(
                  service,
                  ContrastsUnderTest.request("which", List.of(AnswerPath.RAG), null, style))
              .style());
    }

    assertThat(told).containsExactly(AnswerStyle.ANSWER, AnswerStyle.SHORT, AnswerStyle.FULL);
  }
}
