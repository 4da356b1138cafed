package io.kvasir.ingest;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.Document;
import io.kvasir.core.Workspace;
import io.kvasir.ingest.Ingestion.FileState;
import io.kvasir.ingest.Ingestion.FileStatus;
import io.kvasir.ingest.Ingestion.Job;
import io.kvasir.postgres.Database;
import io.kvasir.postgres.PostgresExtension;
import io.kvasir.postgres.PostgresLibrary;
import io.kvasir.retrieve.Library;
import io.kvasir.retrieve.Library.NewCollection;
import io.kvasir.retrieve.Library.NewDocument;
import io.kvasir.retrieve.Library.Original;
import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Files are kept once, for as long as a document refers to them, and can be read again. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
final class OriginalsTest {
  private static final String COUNT =
      "SELECT (SELECT count(*) FROM originals)::int, (SELECT count(*) FROM original_pieces)::int";

  @TempDir private Path folder;

  private final GatedEncoder encoder = new GatedEncoder("gate");
  private Database database;
  private Library library;
  private ServerUnderTest server;

  @BeforeEach
  void open(Database given) {
    database = given;
    library = new PostgresLibrary(database);
    server = new ServerUnderTest(database, folder, encoder);
  }

  @AfterEach
  void close() {
    server.close();
    await(library.collections(Workspace.ONLY))
        .forEach(found -> await(library.delete(Workspace.ONLY, found.name())));
    assertThat(kept()).as("with the last collection").containsExactly(0, 0);
  }

  @Test
  void equalFilesAreKeptOnceAndGoWithTheLastDocument() throws IOException {
    String large = "word ".repeat(50_000) + "end";
    server.finished(server.submit("one", "a.txt", large, "b.txt", large, "c.txt", "other"));
    server.finished(server.submit("two", "a.txt", large));
    assertThat(kept()).containsExactly(2, 2);
    assertThat(document("one", "a.txt").bytes()).isEqualTo(large.length());
    assertThat(await(library.collection(Workspace.ONLY, "one")).bytes())
        .isEqualTo(2L * large.length() + 5);
    assertThat(content(document("two", "a.txt"))).isEqualTo(large);

    await(library.deleteDocument(Workspace.ONLY, document("one", "a.txt").id()));
    server.finished(server.submit("one", "b.txt", "replaced"));
    assertThat(content(document("two", "a.txt"))).isEqualTo(large);
    assertThat(kept()).containsExactly(3, 3);
    await(library.delete(Workspace.ONLY, "two"));
    assertThat(kept()).containsExactly(2, 2);
  }

  @Test
  void aFileOfManyPiecesComesBackByteForByte() throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.length() < (5 << 19)) {
      text.append(text.length()).append(' ');
    }
    await(library.create(Workspace.ONLY, new NewCollection("pieces", "en", "words", 2)));
    put("pieces", "large.txt", text.toString());

    assertThat(kept()).containsExactly(1, 3);
    assertThat(content(document("pieces", "large.txt"))).isEqualTo(text.toString());
  }

  @Test
  void whoeverRefersToAFileWhileItsLastDocumentGoesHasIt() throws IOException {
    await(library.create(Workspace.ONLY, new NewCollection("race", "en", "words", 2)));
    for (int round = 0; round < 40; round++) {
      put("race", "old.txt", "the same");
      long old = document("race", "old.txt").id();
      Future<Void> deleted = library.deleteDocument(Workspace.ONLY, old);
      put("race", "new.txt", "the same");
      await(deleted);

      assertThat(content(document("race", "new.txt"))).isEqualTo("the same");
      await(library.deleteDocument(Workspace.ONLY, document("race", "new.txt").id()));
      assertThat(kept()).containsExactly(0, 0);
    }
  }

  @Test
  void whatAnOlderReaderReadIsReadAgain() {
    server.finished(server.submit("old", "1.txt", "one", "2.txt", "two", "3.txt", "three"));
    long id = document("old", "1.txt").id();
    assertThat(await(library.documents(Workspace.ONLY, "old"))).noneMatch(Document::outdated);
    assertThat(await(server.ingestion().refresh(Workspace.ONLY, "old")).job()).isNull();
    run("UPDATE documents SET reader = 0 WHERE name < '3'");
    run("UPDATE documents SET original = NULL, bytes = NULL WHERE name = '2.txt'");
    encoder.encoded.clear();

    Ingestion.Refresh refresh = await(server.ingestion().refresh(Workspace.ONLY, "old"));
    Job job = server.finished(refresh.job());

    assertThat(refresh.missing()).containsExactly("2.txt");
    assertThat(job.files()).extracting(FileStatus::name).containsExactly("1.txt");
    assertThat(job.files()).allMatch(file -> file.state() == FileState.DONE);
    assertThat(encoder.encoded).containsExactly("one");
    assertThat(document("old", "1.txt"))
        .returns(id, Document::id)
        .returns(false, Document::outdated)
        .returns(3L, Document::bytes);
    server.finished(server.submit("old", "2.txt", "two"));
    assertThat(await(library.documents(Workspace.ONLY, "old"))).noneMatch(Document::outdated);
    assertThat(await(server.ingestion().refresh(Workspace.ONLY, "old")))
        .isEqualTo(new Ingestion.Refresh(null, List.of()));
  }

  @Test
  void whatIsReplacedOrDeletedMeanwhileStaysSo() {
    server.finished(
        server.submit("busy", "0.txt", "zero", "1.txt", "one", "2.txt", "two", "3.txt", "three"));
    run("UPDATE documents SET reader = 0");
    encoder.stops = "zero";
    Job job = await(server.ingestion().refresh(Workspace.ONLY, "busy")).job();
    encoder.awaitStuck();
    server.finished(server.submit("busy", "1.txt", "new"));
    await(library.deleteDocument(Workspace.ONLY, document("busy", "2.txt").id()));
    server.kill();
    encoder.stops = "nothing";
    server = new ServerUnderTest(database, folder, encoder);

    assertThat(server.finished(job).files())
        .extracting(FileStatus::state)
        .containsExactly(FileState.DONE, FileState.FAILED, FileState.FAILED, FileState.DONE);
    assertThat(server.finished(job).files().get(1).error()).contains("what is there now stays");
    assertThat(await(library.documents(Workspace.ONLY, "busy")))
        .extracting(Document::name)
        .containsExactly("0.txt", "1.txt", "3.txt");
    assertThat(await(library.document(Workspace.ONLY, document("busy", "1.txt").id())).text())
        .isEqualTo("new");
  }

  @Test
  void aServerOfTheVersionBeforeReplacesAndDeletes() throws IOException {
    server.finished(server.submit("before", "1.txt", "one", "2.txt", "two"));
    run(
        """
        INSERT INTO documents
          (collection_id, name, title, media_type, pages, characters, passages, body)
        SELECT id, '1.txt', 'One', 'text/plain', NULL, 3, 0, 'uno' FROM collections
        WHERE name = 'before'
        ON CONFLICT (collection_id, name) DO UPDATE SET
          title = excluded.title, media_type = excluded.media_type, pages = excluded.pages,
          characters = excluded.characters, passages = excluded.passages, body = excluded.body,
          ingested_at = now()""");
    assertThat(document("before", "1.txt"))
        .returns(null, Document::bytes)
        .returns(true, Document::outdated);
    assertThatThrownBy(() -> content(document("before", "1.txt")))
        .hasMessageContaining("give it again");
    assertThat(kept()).containsExactly(1, 1);
    run("DELETE FROM documents WHERE name = '2.txt'");
    assertThat(kept()).containsExactly(0, 0);
  }

  @Test
  void nothingIsKeptWhereThatIsNotWanted() throws IOException {
    library = new PostgresLibrary(database, false);
    await(library.create(Workspace.ONLY, new NewCollection("lean", "en", "words", 2)));
    put("lean", "1.txt", "one");

    assertThat(kept()).containsExactly(0, 0);
    assertThat(document("lean", "1.txt")).returns(null, Document::bytes);
  }

  private void put(String collection, String name, String text) throws IOException {
    Path file = Files.writeString(Files.createTempFile(folder, "given", ""), text);
    Original original =
        new Original(io.kvasir.core.Checksum.of(file, done -> {}), Files.size(file), file);
    await(
        library.put(
            Workspace.ONLY,
            collection,
            new NewDocument(name, name, "text/plain", null, text, 1, original, false, null),
            List.of()));
  }

  private Document document(String collection, String name) {
    return await(library.documents(Workspace.ONLY, collection)).stream()
        .filter(document -> document.name().equals(name))
        .findAny()
        .orElseThrow();
  }

  private String content(Document document) throws IOException {
    Library.KeptOriginal original = await(library.original(Workspace.ONLY, document.id()));
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    List<byte[]> pieces = new ArrayList<>();
    do {
      pieces.add(await(library.originalPiece(Workspace.ONLY, original.sha256(), pieces.size())));
      content.write(pieces.get(pieces.size() - 1));
    } while (pieces.get(pieces.size() - 1).length > 0);
    assertThat(content.size()).isEqualTo((int) original.bytes());
    return content.toString(StandardCharsets.UTF_8);
  }

  private List<Integer> kept() {
    return PostgresExtension.numbers(database, COUNT);
  }

  private void run(String sql) {
    await(PostgresExtension.run(database, sql));
  }
}
