package io.kvasir.postgres;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.kvasir.contrast.ContrastStore.Summary;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.Document;
import io.kvasir.core.DocumentCollection;
import io.kvasir.core.ExampleQuestion;
import io.kvasir.core.Passage;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Sampling;
import io.kvasir.core.Scope;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.kvasir.encode.Encoders;
import io.kvasir.ingest.Ingestion.FileStatus;
import io.kvasir.ingest.Ingestion.Job;
import io.kvasir.ingest.JobStore.TakenOver;
import io.kvasir.ingest.Task;
import io.kvasir.keys.ApiKey;
import io.kvasir.keys.KeyLimits;
import io.kvasir.keys.KeySecret;
import io.kvasir.retrieve.Corrections.Encoded;
import io.kvasir.retrieve.Corrections.NewCorrection;
import io.kvasir.retrieve.Fusion;
import io.kvasir.retrieve.Library.KeptOriginal;
import io.kvasir.retrieve.Library.NewCollection;
import io.kvasir.retrieve.Library.NewDocument;
import io.kvasir.retrieve.Library.NewPassage;
import io.kvasir.retrieve.Library.Original;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two workspaces with the same names in them: whatever one asks for, it sees and changes its own.
 */
@ExtendWith(PostgresExtension.class)
final class WorkspacesTest {
  private static final Workspace OWN = Workspace.ONLY;
  private static final Workspace OTHER = new Workspace("other");
  private static final String NAME = "same";

  private static final FixedEncoder ENCODER = new FixedEncoder("toy", 2, "en");

  private static PostgresLibrary library;
  private static PostgresCorrections corrections;
  private static PostgresContrasts contrasts;
  private static PostgresConversations conversations;
  private static PostgresJobs jobs;
  private static PostgresKeys keys;
  private static PostgresRetriever retriever;
  private static PostgresEncodings encodings;
  private static Document own;
  private static Document other;

  @BeforeAll
  static void fill(Database database, @TempDir Path folder) throws IOException {
    library = new PostgresLibrary(database);
    corrections = new PostgresCorrections(database);
    contrasts = new PostgresContrasts(database, UUID.randomUUID());
    conversations = new PostgresConversations(database);
    jobs = new PostgresJobs(database, UUID.randomUUID());
    keys = new PostgresKeys(database);
    encodings = new PostgresEncodings(database);
    retriever = new PostgresRetriever(database, new Encoders(List.of(ENCODER)), Fusion.DEFAULT);
    own = fill(OWN, "ours", folder);
    other = fill(OTHER, "theirs", folder);
  }

  private static Document fill(Workspace workspace, String text, Path folder) throws IOException {
    await(library.create(workspace, new NewCollection(NAME, "en", "toy", 2)));
    await(
        library.setExamples(workspace, NAME, List.of(new ExampleQuestion(text + "?", Scope.ALL))));
    Path file = Files.writeString(folder.resolve(text), text);
    String sum = text.equals("ours") ? "aa".repeat(32) : "bb".repeat(32);
    NewDocument document =
        new NewDocument(
            NAME, text, "text/plain", null, text, 1, new Original(sum, 4, file), false, "toy");
    NewPassage passage = new NewPassage(0, text, null, 0, 1, text, text, new float[] {1, 0});
    return await(library.put(workspace, NAME, document, List.of(passage)));
  }

  @Test
  void collectionsAndDocuments() {
    assertThat(await(library.collections(OWN)))
        .extracting(DocumentCollection::examples)
        .containsExactly(List.of(new ExampleQuestion("ours?", Scope.ALL)));
    assertThat(await(library.collection(OTHER, NAME)).examples())
        .containsExactly(new ExampleQuestion("theirs?", Scope.ALL));
    assertThat(await(library.documents(OWN, NAME))).containsExactly(own);
    assertThat(await(library.sections(OTHER, NAME)))
        .extracting(section -> section.heading())
        .containsExactly("theirs");
    assertThat(await(library.passages(OWN, NAME, Scope.ALL, 9)))
        .extracting(Passage::value)
        .containsExactly("ours");
    assertThat(await(library.countPassages(OTHER, NAME, Scope.ALL))).isEqualTo(1);
    assertThat(await(library.document(OWN, own.id())).text()).isEqualTo("ours");
    unknown(() -> library.document(OWN, other.id()));
    unknown(() -> library.deleteDocument(OWN, other.id()));
    KeptOriginal kept = await(library.original(OTHER, other.id()));
    assertThat(await(library.originalPiece(OTHER, kept.sha256(), 0)))
        .asString()
        .isEqualTo("theirs");
    assertThat(await(library.originalPiece(OWN, kept.sha256(), 0))).isEmpty();
    unknown(() -> library.original(OWN, other.id()));
    assertThat(await(library.corrections(OWN, NAME, "none"))).isEmpty();
  }

  @Test
  void correctionsByHand() {
    await(library.create(OTHER, new NewCollection("corrected", "en", "toy", 2)));
    NewPassage wrong = new NewPassage(0, "", null, 0, 5, "wrong", "wrong", new float[] {1, 0});
    NewDocument document = new NewDocument(NAME, "A", "text/plain", null, "wrong");
    long id = await(library.put(OTHER, "corrected", document, List.of(wrong))).id();
    long passage = await(library.document(OTHER, id)).passages().get(0).id();
    Encoded vector = new Encoded("toy", new float[] {1, 0});
    NewCorrection right = new NewCorrection(passage, "wrong", 0, "right", "right", vector);
    unknown(() -> corrections.correct(OWN, id, right));
    long made = await(corrections.correct(OTHER, id, right)).id();
    unknown(() -> corrections.of(OWN, id));
    unknown(() -> corrections.withdraw(OWN, id, made, vector));
    assertThat(await(library.corrections(OWN, "corrected", NAME))).isEmpty();
    assertThat(await(library.corrections(OTHER, "corrected", NAME))).hasSize(1);
    assertThat(await(corrections.of(OTHER, id))).hasSize(1);
    await(library.delete(OTHER, "corrected"));
  }

  @Test
  void whatOneMakesAndDeletesTheOtherKeeps() {
    await(library.create(OTHER, new NewCollection("made", "en", "toy", 2)));
    unknown(() -> library.collection(OWN, "made"));
    unknown(() -> library.setExamples(OWN, "made", List.of()));
    unknown(() -> library.setTitle(OWN, "made", "Made"));
    unknown(() -> library.delete(OWN, "made"));
    unknown(() -> library.countPassages(OWN, "made", Scope.ALL));
    await(library.create(OWN, new NewCollection("made", "en", "toy", 2)));
    await(library.delete(OTHER, "made"));
    assertThat(await(library.collection(OWN, "made")).documents()).isZero();
    await(library.delete(OWN, "made"));
  }

  @Test
  void searchesAndEncodings() {
    assertThat(await(retriever.retrieve(OWN, NAME, Scope.ALL, "theirs", 9)).hits())
        .extracting(hit -> hit.passage().value())
        .containsExactly("ours");
    await(library.create(OTHER, new NewCollection("encoded", "en", "toy", 2)));
    unknown(() -> encodings.begin(OWN, "encoded", "two", 2));
    unknown(() -> retriever.retrieve(OWN, "encoded", Scope.ALL, "ours", 9));
    await(library.delete(OTHER, "encoded"));
  }

  @Test
  void contrastsAndConversations() {
    Trace ours = trace();
    Trace theirs = trace();
    await(contrasts.save(OWN, ours));
    await(contrasts.save(OTHER, theirs));
    assertThat(await(contrasts.list(OWN, "who", null, 9)))
        .extracting(Summary::id)
        .containsExactly(ours.id());
    assertThat(await(contrasts.conversation(OTHER, NAME, 9)))
        .extracting(Trace::id)
        .containsExactly(theirs.id());
    conversations(ours, theirs);
    unknown(() -> contrasts.get(OWN, theirs.id()));
    unknown(() -> contrasts.delete(OWN, theirs.id()));
    await(contrasts.save(OWN, theirs.with(Trace.Status.FAILED, List.of())));
    assertThat(await(contrasts.get(OTHER, theirs.id())).status()).isEqualTo(Trace.Status.COMPLETE);
  }

  private static void conversations(Trace ours, Trace theirs) {
    await(conversations.rename(OWN, NAME, "Ours"));
    await(conversations.rename(OTHER, NAME, "Theirs"));
    assertThat(await(conversations.list(OWN, null, null, 9)))
        .extracting(each -> each.title(), each -> each.last().id())
        .containsExactly(tuple("Ours", ours.id()));
    assertThat(await(conversations.contrasts(OTHER, NAME)))
        .extracting(Summary::id)
        .containsExactly(theirs.id());
    unknown(() -> conversations.branch(OWN, theirs.id()));
    assertThat(await(conversations.delete(OTHER, List.of(NAME)))).isEqualTo(1);
    assertThat(await(conversations.contrasts(OWN, NAME))).hasSize(1);
    await(contrasts.save(OTHER, theirs));
  }

  @Test
  void jobs() {
    Job ours = job(true);
    Job theirs = job(false);
    await(jobs.add(OWN, ours, Task.encode("toy"), List.of()));
    await(jobs.add(OTHER, theirs, Task.readAgain(), List.of()));
    assertThat(await(jobs.jobs(OWN, 9))).containsExactly(ours);
    assertThat(await(jobs.job(OTHER, theirs.id()))).isEqualTo(theirs);
    unknown(() -> jobs.job(OWN, theirs.id()));
    unknown(() -> jobs.cancel(OWN, theirs.id()));
    TakenOver taken =
        await(jobs.takeOver(Set.of(UUID.fromString(ours.id()).toString()))).orElseThrow();
    assertThat(taken.workspace()).isEqualTo(OTHER);
    assertThat(taken.task()).isEqualTo(Task.readAgain());
    assertThat(taken.cancelled()).isFalse();
    assertThat(await(jobs.piece(theirs.id(), 0, 0)))
        .as("of their document")
        .asString()
        .isEqualTo("theirs");
  }

  @Test
  void keysOfTheSameName() {
    ApiKey ours = key(OWN);
    ApiKey theirs = key(OTHER);
    joined(keys.add(ours));
    joined(keys.add(theirs));
    assertThat(joined(keys.list(OWN))).containsExactly(ours);
    assertThat(joined(keys.all())).contains(ours, theirs);
    joined(keys.revoke(OWN, NAME));
    assertThat(joined(keys.list(OTHER))).containsExactly(theirs);
    unknown(() -> Future.fromCompletionStage(keys.revoke(OWN, NAME)));
  }

  private static ApiKey key(Workspace workspace) {
    return new ApiKey(
        workspace,
        NAME,
        KeySecret.hash(KeySecret.create()),
        Instant.parse("2026-01-02T03:04:05Z"),
        new KeyLimits(1, 2));
  }

  private static Job job(boolean encodes) {
    return new Job(
        UUID.randomUUID().toString(),
        NAME,
        Instant.parse("2026-01-02T03:04:05Z"),
        false,
        List.of(FileStatus.waiting(NAME)),
        0,
        0,
        null,
        encodes,
        false);
  }

  private static Trace trace() {
    return new Trace(
        Trace.VERSION,
        UUID.randomUUID().toString(),
        Instant.parse("2026-01-02T03:04:05Z"),
        Trace.Status.COMPLETE,
        NAME,
        null,
        "Who sings?",
        NAME,
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
  }

  private static <T> T joined(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static void unknown(Supplier<Future<?>> request) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> await(request.get()))
        .returns(Kind.NOT_FOUND, ProblemException::kind);
  }
}
