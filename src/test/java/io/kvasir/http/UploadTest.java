package io.kvasir.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.ValueKind;
import io.kvasir.http.exchange.HttpLimits;
import io.kvasir.ingest.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
final class UploadTest {
  private static final int LIMIT = 300_000;

  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        new TestServer(
            HttpLimits.DEFAULT.with(new HttpLimits.Uploads(LIMIT, 1_000, Duration.ofSeconds(2))));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private long filesLeft() {
    try (Stream<Path> files = Files.list(server.uploads)) {
      return files.count();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void filesArriveWithTheirNamesAndLanguage() throws Exception {
    HttpResponse<String> response =
        Uploads.send(
            server,
            "handbook",
            Uploads.file("指南/常见问题.txt", "软件包"),
            Uploads.part("name=\"language\"", "zh"),
            Uploads.part("name=\"encoder\"", "tiny-encoder"),
            Uploads.part("name=\"values\"", "summary"),
            Uploads.file("b.txt", "x".repeat(200_000)));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    assertThat(server.ingestion.contents)
        .containsEntry("指南/常见问题.txt", "软件包")
        .containsEntry("b.txt", "x".repeat(200_000));
    assertThat(server.ingestion.task).isEqualTo(Task.read("zh", "tiny-encoder", ValueKind.SUMMARY));
    assertThat(response.headers().firstValue("location"))
        .contains("/api/jobs/" + server.ingestion.jobs.get(0).id());
    assertThat(filesLeft()).isZero();
  }

  @Test
  void tooLargeUploadIsRefusedAndDeleted() throws Exception {
    String body = Uploads.body(Uploads.file("a.txt", "x".repeat(2 * LIMIT)));
    String announced = server.raw(head(body.length()) + body);
    assertThat(announced).startsWith("HTTP/1.1 413 ").contains("http.max-upload-bytes");

    String chunked = server.raw(head(-1) + "%x\r\n%s\r\n0\r\n\r\n".formatted(body.length(), body));
    assertThat(chunked).startsWith("HTTP/1.1 413 ").contains("http.max-upload-bytes");
    TestServer.until("what came is deleted", () -> filesLeft() == 0);
    assertThat(server.ingestion.jobs).isEmpty();
  }

  @Test
  void refusedJobLeavesNoFiles() throws Exception {
    server.ingestion.full = true;
    HttpResponse<String> response = Uploads.send(server, "faq", Uploads.file("a.txt", "words"));

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(filesLeft()).isZero();
  }

  @Test
  void brokenUploadLeavesNoFiles() throws Exception {
    try (Socket socket = server.connect()) {
      String begun = head(100_000) + Uploads.file("a.txt", "x".repeat(50_000));
      socket.getOutputStream().write(begun.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      TestServer.until("the file is there", () -> filesLeft() == 1);
    }
    TestServer.until("the file is deleted", () -> filesLeft() == 0);
    assertThat(server.ingestion.jobs).isEmpty();
  }

  @Test
  void oddUploadsAreRefusedInWords() throws Exception {
    refused("no file in the upload", Uploads.part("name=\"language\"", "en"));
    refused("the field 'image'", Uploads.part("name=\"image\"; filename=\"a.png\"", "x"));
    refused("Two files are called 'a.txt'", Uploads.file("a.txt", "1"), Uploads.file("a.txt", "2"));
    refused("needs a name", Uploads.file("x".repeat(300), "1"));
    refused(
        "did you mean 'tiny-encoder'?",
        Uploads.file("a.txt", "1"),
        Uploads.part("name=\"encoder\"", "tiny-encodr"));
    refused("no language code", Uploads.file("a.txt", "1"), Uploads.part("name=\"language\"", "!"));
    TestServer.until("what came is deleted", () -> filesLeft() == 0);
    assertThat(Uploads.send(server, "No_Name", Uploads.file("a.txt", "1")).statusCode())
        .isEqualTo(400);
  }

  @Test
  void whatPartsSayOfThemselvesChangesNothing() throws Exception {
    String content = "# Frösche\r\n--no boundary\r\n";
    HttpResponse<String> response =
        Uploads.send(
            server,
            "faq",
            Uploads.typed(
                "name=\"file\"; filename=\"a.md\"", "text/plain; charset=utf-16", content),
            Uploads.typed("name=\"file\"; filename=\"b.md\"", "text/plain; charset=nonsense", "b"),
            Uploads.typed("name=\"file\"; filename=\"c.md\"", "multipart/mixed; boundary=", "c"),
            Uploads.typed("name=\"language\"", "text/plain; charset=utf-16", "en"),
            Uploads.part("name=\"_charset_\"", "utf-16"));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    assertThat(server.ingestion.contents)
        .containsEntry("a.md", content)
        .containsEntry("b.md", "b")
        .containsEntry("c.md", "c");
    assertThat(server.ingestion.task.language()).isEqualTo("en");
  }

  @Test
  void whateverIsNoFormIsAnsweredSo() throws Exception {
    String file = Uploads.file("a.txt", "words");
    String whole = Uploads.body(file);
    assertThat(sent("multipart/form-data", whole)).contains("needs a boundary");
    assertThat(sent("multipart/form-data; boundary=", whole)).contains("multipart/form-data");
    assertThat(sent("multipart/form-data; boundary=\"\"", whole)).contains("needs a boundary");
    assertThat(sent("multipart/form-data; boundary=" + "x".repeat(71), whole))
        .contains("needs a boundary");
    assertThat(sent("multipart/form-data; boundary=\"a{b\"", whole)).contains("needs a boundary");
    assertThat(sent("multipart/form-data; boundary=another", whole)).contains("no file");
    assertThat(sent(Uploads.contentType(), file)).contains("no multipart/form-data");
    assertThat(sent(Uploads.contentType(), "")).contains("no file");
    assertThat(sent(Uploads.contentType(), whole.replace("content-disposition", "x")))
        .contains("no header content-disposition");
    assertThat(
            sent(Uploads.contentType(), whole.replace("\r\n\r\n", "\r\nx: " + "y".repeat(9_000))))
        .contains("no multipart/form-data");
    refused(
        "content-transfer-encoding",
        Uploads.typed(
            "name=\"file\"; filename=\"a\"",
            "text/plain\r\ncontent-transfer-encoding: base64",
            "d29yZHM="));
    refused("filename*", Uploads.part("name=\"file\"; filename*=utf-16''a", "x"));
    refused("percent sign", Uploads.part("name=\"file\"; filename*=utf-8''%", "x"));
    refused("not UTF-8", Uploads.part("name=\"file\"; filename*=utf-8''%ff", "x"));
    refused("must come the file", Uploads.file("a", "x"), Uploads.part("name=\"name\"", "b"));
    refused("needs a name", Uploads.file("a%0Ab", "x"));
    refused("can have 4096 bytes", Uploads.part("name=\"language\"", "e".repeat(5_000)));
    TestServer.until("what came is deleted", () -> filesLeft() == 0);
    assertThat(server.ingestion.jobs).isEmpty();
  }

  private String sent(String type, String body) throws Exception {
    String answer = server.raw(head(body.length()).replace(Uploads.contentType(), type) + body);
    assertThat(answer).containsPattern("^HTTP/1.1 4(00|15) ");
    return answer;
  }

  @Test
  void uploadThatNeverEndsIsGivenUp() throws Exception {
    String begun = Uploads.file("a.txt", "x".repeat(5_000));
    assertThat(server.raw(head(100_000) + begun))
        .startsWith("HTTP/1.1 408 ")
        .contains("http.upload-seconds");
    TestServer.until("what came is deleted", () -> filesLeft() == 0);
  }

  private void refused(String reason, String... parts) throws Exception {
    HttpResponse<String> response = Uploads.send(server, "faq", parts);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains(reason);
  }

  private static String head(int length) {
    return "POST /api/collections/faq/documents HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n"
        + "content-type: "
        + Uploads.contentType()
        + "\r\n"
        + (length < 0 ? "transfer-encoding: chunked" : "content-length: " + length)
        + "\r\n\r\n";
  }
}
