package io.kvasir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders become uploads, and a file that fails is named without stopping the others. */
final class IngestCommandTest {
  @TempDir Path folder;
  private SpokenTerminal terminal;
  private FakeServer server;

  @BeforeEach
  void open() {
    terminal = new SpokenTerminal(Map.of("KVASIR_DATA_DIR", folder.resolve("data").toString()));
    server = new FakeServer();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void folderIsWalkedAndTheJobFollowedToItsEnd() throws Exception {
    Path documents = Files.createDirectories(folder.resolve("my documents/sub"));
    Files.writeString(documents.resolve("b.md"), "# B");
    Files.writeString(documents.resolve("picture.png"), "no document");
    Files.writeString(documents.getParent().resolve("说明.txt"), "text");
    server
        .answers(
            "POST /api/collections/notes/documents",
            202,
            "application/json",
            "{\"id\":\"j\",\"finished\":false,\"files\":[]}")
        .answers(
            "GET /api/collections/notes",
            200,
            "application/json",
            "{\"name\":\"notes\",\"documents\":4,\"bytes\":1572864}")
        .answers(
            "GET /api/jobs/j",
            200,
            "application/json",
            """
            {"id":"j","finished":true,"files":[
              {"name":"sub/b.md","state":"done","passages":2,"error":null,
               "notes":["Was read as windows-1251."]},
              {"name":"说明.txt","state":"failed","passages":0,"error":"it is binary"}]}
            """);
    int code =
        terminal.run(
            "ingest",
            documents.getParent().toString(),
            "--collection",
            "notes",
            "--server",
            server.address());
    assertThat(code).isEqualTo(ExitCode.FAILED.number());
    assertThat(terminal.out()).contains("sub/b.md: 2 passages");
    assertThat(terminal.out()).contains("1 documents, 2 passages in notes, 1 failed, 1 of other");
    assertThat(terminal.out()).contains("notes: 4 documents, whose files take 1.5 MiB");
    assertThat(terminal.err())
        .contains("说明.txt: it is binary")
        .contains("note: sub/b.md: Was read as windows-1251.");
    String body = server.bodyOf("POST /api/collections/notes/documents");
    assertThat(body).contains("filename=\"sub/b.md\"", "filename=\"说明.txt\"", "# B");
    assertThat(body).doesNotContain("picture.png");
  }

  @Test
  void folderGivesEveryFileThatTheServerReadsWhateverItsExtension() throws Exception {
    Path documents = Files.createDirectories(folder.resolve("documents"));
    for (String name : List.of("a.xhtml", "b.text", "c.HTM", "d.markdown")) {
      Files.writeString(documents.resolve(name), "text");
    }
    server
        .answers(
            "POST /api/collections/documents/documents",
            202,
            "application/json",
            "{\"id\":\"j\",\"finished\":true,\"files\":[]}")
        .answers(
            "GET /api/jobs/j",
            200,
            "application/json",
            "{\"id\":\"j\",\"finished\":true,\"files\":[]}");
    terminal.run("ingest", documents.toString(), "--server", server.address());
    assertThat(server.bodyOf("POST /api/collections/documents/documents"))
        .contains("\"a.xhtml\"", "\"b.text\"", "\"c.HTM\"", "\"d.markdown\"");
  }

  @Test
  void questionsToOfferGoWithTheCollection() throws Exception {
    Path document = Files.writeString(folder.resolve("a.txt"), "text");
    Path examples = Files.writeString(folder.resolve("e.json"), "[{\"question\":\"Why?\"}]");
    server
        .answers(
            "POST /api/collections/notes/documents",
            202,
            "application/json",
            """
            {"id":"j","finished":true,"files":[{"name":"a.txt","state":"done","passages":1}]}
            """)
        .answers("GET /api/collections/notes", 200, "application/json", "{}")
        .answers("PUT /api/collections/notes/examples", 200, "application/json", "{}");
    int code =
        terminal.run(
            "ingest",
            document.toString(),
            "--collection=notes",
            "--examples",
            examples.toString(),
            "--server",
            server.address());
    assertThat(code).isZero();
    assertThat(server.bodyOf("PUT /api/collections/notes/examples")).contains("Why?");
  }

  @Test
  void whatAnOlderReaderReadIsReadAgainOrNamed() {
    server
        .answers(
            "GET /api/collections",
            200,
            "application/json",
            "{\"collections\":[{\"name\":\"one\"},{\"name\":\"two\"}]}")
        .answers(
            "POST /api/collections/one/refresh",
            202,
            "application/json",
            """
            {"job":{"id":"j","finished":true,"files":[
              {"name":"a.txt","state":"done","passages":1,"error":null}]},"missing":[]}
            """)
        .answers(
            "POST /api/collections/two/refresh",
            202,
            "application/json",
            "{\"job\":null,\"missing\":[\"old.pdf\"]}");
    assertThat(terminal.run("ingest", "--refresh", "--server", server.address())).isZero();
    assertThat(terminal.out()).contains("1 documents read again, 0 failed, 1 to be given again");
    assertThat(terminal.err()).contains("old.pdf in two: read by an older reader; give the file");
    assertThat(terminal.run("ingest", "x.txt", "--refresh", "--server", server.address()))
        .isNotZero();
  }

  @Test
  void pathThatIsNotThereIsNamed() {
    assertThat(terminal.run("ingest", folder.resolve("gone").toString()))
        .isEqualTo(ExitCode.NOT_FOUND.number());
    assertThat(terminal.err()).contains("there is no file or folder", "gone");
  }

  @Test
  void whatIsThereAndNoFileIsNotSaidToBeMissing() throws Exception {
    Path loop = folder.resolve("loop");
    Files.createSymbolicLink(loop, loop);
    for (String odd : List.of(loop.toString(), "/dev/null")) {
      assertThat(terminal.run("ingest", odd)).isEqualTo(ExitCode.NOT_FOUND.number());
      assertThat(terminal.err()).contains(odd + " is neither a file nor a folder");
    }
  }
}
