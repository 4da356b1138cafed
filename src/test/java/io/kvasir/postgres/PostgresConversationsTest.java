package io.kvasir.postgres;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kvasir.contrast.ContrastStore;
import io.kvasir.contrast.ContrastStore.Summary;
import io.kvasir.contrast.Conversations;
import io.kvasir.contrast.Conversations.Conversation;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Sampling;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The history as conversations: found by title and questions, named, branched off, forgotten. */
@ExtendWith(PostgresExtension.class)
final class PostgresConversationsTest {
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

  private ContrastStore contrasts;
  private Conversations conversations;

  @BeforeEach
  void open(Database database) {
    await(database.query("DELETE FROM contrasts", Tuple.tuple()));
    await(database.query("DELETE FROM conversations", Tuple.tuple()));
    contrasts = new PostgresContrasts(database, UUID.randomUUID());
    conversations = new PostgresConversations(database);
  }

  @Test
  void aConversationIsCalledByItsFirstQuestionUntilSomebodyNamesIt() {
    ask("owls", "Do owls fly?", 5, Trace.Status.COMPLETE);
    Trace last = ask("owls", "How far?", 4, Trace.Status.FAILED);
    ask("wrens", "What do wrens eat?", 3, Trace.Status.COMPLETE);

    assertThat(list(null))
        .extracting(Conversation::title)
        .containsExactly("What do wrens eat?", "Do owls fly?");
    assertThat(list(null).get(1))
        .returns(2, Conversation::contrasts)
        .returns(false, Conversation::named)
        .returns(last.id(), each -> each.last().id())
        .returns(Trace.Status.FAILED, each -> each.last().status());

    await(conversations.rename(Workspace.ONLY, "owls", "Night birds"));

    assertThat(list("night"))
        .as("by its title")
        .extracting(Conversation::id)
        .containsExactly("owls");
    assertThat(list("far how"))
        .as("by any question")
        .extracting(Conversation::title)
        .containsExactly("Night birds");
    assertThat(list("far wrens")).as("both in one question").isEmpty();

    await(conversations.rename(Workspace.ONLY, "owls", null));

    assertThat(list("owls")).extracting(Conversation::named).containsExactly(false);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> await(conversations.rename(Workspace.ONLY, "none", "x")))
        .returns(Kind.NOT_FOUND, ProblemException::kind);
  }

  @Test
  void theNextPageBeginsBehindTheLastOne() {
    ask("one", "1?", 3, Trace.Status.COMPLETE);
    Trace two = ask("two", "2?", 2, Trace.Status.COMPLETE);
    ask("three", "3?", 1, Trace.Status.COMPLETE);
    assertThat(await(conversations.list(Workspace.ONLY, null, two.createdAt(), 9)))
        .extracting(Conversation::id)
        .containsExactly("one");
    assertThat(await(conversations.list(Workspace.ONLY, null, null, 2)))
        .extracting(Conversation::id)
        .containsExactly("three", "two");
  }

  @Test
  void aBranchFollowsWhatWasSaidBeforeItsQuestion() {
    ask("birds", "Which birds sing?", 9, Trace.Status.COMPLETE);
    Trace second = ask("birds", "When?", 8, Trace.Status.COMPLETE);
    ask("birds", "Where?", 7, Trace.Status.COMPLETE);

    String branch = await(conversations.branch(Workspace.ONLY, second.id()));
    Trace other = ask(branch, "How loud?", 6, Trace.Status.COMPLETE);
    String further = await(conversations.branch(Workspace.ONLY, other.id()));
    ask(further, "How long?", 5, Trace.Status.COMPLETE);

    assertThat(await(contrasts.conversation(Workspace.ONLY, branch, 9)))
        .extracting(Trace::question)
        .containsExactly("Which birds sing?", "How loud?");
    assertThat(await(contrasts.conversation(Workspace.ONLY, further, 9)))
        .as("a branch of a branch")
        .extracting(Trace::question)
        .containsExactly("Which birds sing?", "How long?");
    assertThat(await(conversations.contrasts(Workspace.ONLY, branch)))
        .extracting(Summary::conversation)
        .containsExactly("birds", branch);
    assertThat(await(contrasts.conversation(Workspace.ONLY, "birds", 9)))
        .as("what was asked stays as it was")
        .extracting(Trace::question)
        .containsExactly("Which birds sing?", "When?", "Where?");
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> await(conversations.branch(Workspace.ONLY, UUID.randomUUID().toString())))
        .returns(Kind.NOT_FOUND, ProblemException::kind);
  }

  @Test
  void whatStillRunsIsNotDeletedWithItsConversation() {
    ask("ran", "Ran?", 2, Trace.Status.COMPLETE);
    ask("ran", "Runs?", 1, Trace.Status.RUNNING);
    ask("other", "Other?", 1, Trace.Status.COMPLETE);
    assertThat(await(conversations.delete(Workspace.ONLY, List.of("ran", "none")))).isEqualTo(1);
    assertThat(list(null))
        .extracting(Conversation::title)
        .containsExactlyInAnyOrder("Runs?", "Other?");
  }

  @Test
  void onlyConversationsInWhichNobodyAskedForSoLongAreForgotten() {
    ask("old", "Old?", 60 * 24 * 40, Trace.Status.COMPLETE);
    ask("alive", "Begun long ago?", 60 * 24 * 40, Trace.Status.COMPLETE);
    ask("alive", "Yesterday?", 60 * 24, Trace.Status.COMPLETE);
    Trace root = ask("root", "Root?", 60 * 24 * 40, Trace.Status.COMPLETE);
    Trace after = ask("root", "After?", 60 * 24 * 39, Trace.Status.COMPLETE);
    String branch = await(conversations.branch(Workspace.ONLY, after.id()));
    ask(branch, "Branch?", 60, Trace.Status.COMPLETE);

    assertThat(await(conversations.forget(Duration.ofDays(30)))).isEqualTo(1);
    assertThat(await(conversations.forget(Duration.ofDays(30)))).isZero();

    assertThat(list(null))
        .extracting(Conversation::id)
        .as("what a branch follows is kept with it")
        .containsExactly(branch, "alive", "root");
    assertThat(await(contrasts.get(Workspace.ONLY, root.id())).question()).isEqualTo("Root?");
  }

  private List<Conversation> list(String search) {
    return await(conversations.list(Workspace.ONLY, search, null, 9));
  }

  private Trace ask(String conversation, String question, int minutesAgo, Trace.Status status) {
    Trace trace =
        new Trace(
            Trace.VERSION,
            UUID.randomUUID().toString(),
            now.minus(Duration.ofMinutes(minutesAgo)),
            status,
            conversation,
            null,
            question,
            "faq",
            List.of(),
            new Trace.Model("m", "c", "f"),
            null,
            AnswerStyle.SHORT,
            null,
            Sampling.GREEDY,
            List.of(),
            null,
            null,
            null,
            List.of());
    await(contrasts.save(Workspace.ONLY, trace));
    return trace;
  }
}
