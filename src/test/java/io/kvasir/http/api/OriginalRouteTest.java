package io.kvasir.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.http.FakeLibrary;
import io.kvasir.http.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The file of a document comes whole and at its reader's pace, or is broken off. */
final class OriginalRouteTest {
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private HttpResponse<InputStream> download() throws Exception {
    return server.stream("GET", "/api/documents/3/original", null);
  }

  @Test
  void itComesByteForByteAndIsSavedNotShown() throws Exception {
    HttpResponse<InputStream> response = download();
    byte[] content = response.body().readAllBytes();

    assertThat(content).hasSize((int) FakeLibrary.ORIGINAL);
    assertThat(content[0]).isZero();
    assertThat(content[content.length - 1]).isEqualTo((byte) (FakeLibrary.PIECES - 1));
    assertThat(response.headers().firstValue("content-type")).contains("application/pdf");
    assertThat(response.headers().firstValue("x-content-type-options")).contains("nosniff");
    assertThat(response.headers().firstValue("content-disposition"))
        .contains("attachment; filename=\"faq.pdf\"; filename*=UTF-8''faq.pdf");
  }

  @Test
  void namesAreSafeAndKeepTheirScript() {
    assertThat(OriginalRoute.disposition("a/b/中 文.txt"))
        .isEqualTo("attachment; filename=\"_ _.txt\"; filename*=UTF-8''%E4%B8%AD%20%E6%96%87.txt");
    assertThat(OriginalRoute.disposition("x\"; filename=evil.exe\r\n.txt"))
        .doesNotContain("\r", "\n")
        .startsWith("attachment; filename=\"x_; filename=evil.exe__.txt\"; filename*=UTF-8''x_%3B");
    assertThat(OriginalRoute.disposition("..\\..\\.bashrc")).contains("filename=\"__.._.bashrc\"");
    assertThat(OriginalRoute.disposition("fdp\u202Eexe.txt")).contains("fdp_exe.txt");
  }

  @Test
  void whoDoesNotReadMakesNobodyHoldTheFile() throws Exception {
    try (InputStream unread = download().body()) {
      int before;
      do {
        before = server.library.asked.get();
        Thread.sleep(300);
      } while (server.library.asked.get() > before);
      assertThat(before).isLessThan(FakeLibrary.PIECES / 2);
      assertThat(unread.readNBytes((int) FakeLibrary.ORIGINAL)).hasSize((int) FakeLibrary.ORIGINAL);
    }
  }

  @Test
  void whatIsDeletedMeanwhileIsBrokenOffAndWhatIsNotKeptIsSaid() throws Exception {
    server.library.broken = 40;
    assertThatThrownBy(() -> download().body().readAllBytes()).isInstanceOf(IOException.class);
    server.library.broken = 0;
    assertThat(server.get("/api/documents/3/original").statusCode()).isEqualTo(404);
    assertThat(server.get("/api/documents/4/original").statusCode()).isEqualTo(404);
  }
}
