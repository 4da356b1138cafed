package io.kvasir.contrast;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.Sampling;
import io.kvasir.core.Scope;
import io.kvasir.core.ScopeSelection;
import io.kvasir.core.Trace;
import io.kvasir.generate.ScriptedGenerator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A question that follows others is about the same documents, and sees what was said before. */
final class FollowUpsTest {
  private final ContrastsUnderTest contrasts =
      new ContrastsUnderTest(
          new ScriptedGenerator(2_000, "dpkg -S"),
          "apples are red",
          "dpkg -S finds the package of a file",
          "pears too");

  @AfterEach
  void stop() {
    contrasts.close();
  }

  @Test
  void aFollowUpIsSearchedWithTheEarlierQuestionAndReadsItsOwnLaneOnly() throws Exception {
    ContrastService service = contrasts.service(ContrastLimits.DEFAULT);
    Trace first =
        contrasts.finished(
            service, ContrastsUnderTest.request("which package", ContrastsUnderTest.ALL, null));

    Trace second =
        contrasts.finished(
            service, ContrastsUnderTest.request("and why", List.of(AnswerPath.RAG), first.id()));

    assertThat(second.conversation()).isEqualTo(first.id());
    assertThat(second.searched()).isEqualTo("which package\nand why");
    assertThat(second.paths().get(0).prompt().text())
        .containsSubsequence("Question: which package", "dpkg -S", "Question: and why");
  }

  @Test
  void aFollowUpIsAskedOfWhatItsConversationWasAskedOf() throws Exception {
    ContrastService service = contrasts.service(ContrastLimits.DEFAULT);
    Scope part = new Scope(List.of("a.txt#One"));
    Trace first =
        contrasts.finished(service, follow(null, Shelf.NAME, part, ContrastsUnderTest.ALL));
    contrasts.finished(
        service, follow(first.id(), null, Scope.ALL, List.of(AnswerPath.CLOSED_BOOK)));

    Trace third =
        contrasts.finished(service, follow(first.id(), null, Scope.ALL, ContrastsUnderTest.ALL));
    assertThat(third.collection()).isEqualTo(Shelf.NAME);
    assertThat(third.scope()).isEqualTo(part.selectors());
    assertThat(contrasts.decoders.asked()).containsExactly(null, "scripted", "scripted");

    Scope other = new Scope(List.of("a.txt#Two"));
    assertThat(
            contrasts
                .finished(service, follow(first.id(), null, other, ContrastsUnderTest.ALL))
                .scope())
        .isEqualTo(other.selectors());
    assertThat(
            contrasts
                .finished(
                    service, follow(first.id(), Shelf.NAME, Scope.ALL, ContrastsUnderTest.ALL))
                .scope())
        .as("a collection that is named is asked as a whole")
        .isEmpty();
    assertThat(
            ContrastsUnderTest.refusal(
                service, follow(first.id(), "nowhere", Scope.ALL, ContrastsUnderTest.ALL)))
        .isEqualTo("no collection nowhere");
  }

  @Test
  void aFollowUpOfAConversationWithoutDocumentsSaysThatItNeedsSome() throws Exception {
    ContrastService service = contrasts.service(ContrastLimits.DEFAULT);
    Trace first =
        contrasts.finished(service, follow(null, null, Scope.ALL, List.of(AnswerPath.CLOSED_BOOK)));

    assertThat(
            ContrastsUnderTest.refusal(
                service, follow(first.id(), null, Scope.ALL, ContrastsUnderTest.ALL)))
        .contains("collection is missing");
    assertThat(
            ContrastsUnderTest.refusal(
                service, follow("no such conversation", null, Scope.ALL, ContrastsUnderTest.ALL)))
        .contains("collection is missing");
  }

  @Test
  void whatStandsBesideAContrastHearsWhatWasSaidOnItsOwnSide() throws Exception {
    ContrastService service = contrasts.service(ContrastLimits.DEFAULT);
    Trace first = contrasts.finished(service, beside("which package", null));
    Trace other = contrasts.finished(service, beside("which package", first.id()));
    assertThat(other.beside()).isEqualTo(first.id());
    assertThat(other.conversation()).isEqualTo(first.id());
    assertThat(other.searched()).as("it hears nothing of the first").isEqualTo("which package");

    Trace second =
        contrasts.finished(
            service, ContrastsUnderTest.request("and why", List.of(AnswerPath.RAG), first.id()));
    Trace secondOther = contrasts.finished(service, beside("and why", second.id()));
    for (Trace follower : List.of(second, secondOther)) {
      assertThat(follower.searched()).isEqualTo("which package\nand why");
      assertThat(follower.paths().get(0).prompt().text().split("which package", -1)).hasSize(2);
    }

    assertThat(ContrastsUnderTest.refusal(service, beside("and why", other.id())))
        .contains("name that one");
    assertThat(ContrastsUnderTest.refusal(service, beside("or else", first.id())))
        .contains("asked another question");
    assertThat(ContrastsUnderTest.refusal(service, beside("and why", "nobody")))
        .isEqualTo("no contrast nobody");
  }

  private static ContrastRequest beside(String question, String first) {
    return new ContrastRequest(
        question,
        null,
        first,
        Shelf.NAME,
        Scope.ALL,
        List.of(AnswerPath.RAG),
        null,
        null,
        Sampling.GREEDY,
        null,
        null,
        ScopeSelection.RETRIEVED);
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
        null,
        Sampling.GREEDY,
        null,
        null);
  }
}
