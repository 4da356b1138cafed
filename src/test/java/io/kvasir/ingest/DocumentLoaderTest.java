package io.kvasir.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.ingest.ExtractedText.Heading;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person would read of a file, whatever its format and encoding. */
final class DocumentLoaderTest {
  @TempDir Path folder;

  @Test
  void htmlWithoutTheWaysAroundIt() throws IOException {
    ExtractedText text =
        load(
            "page.html",
            """
            <!DOCTYPE html><title> A
             page </title><body><nav>Home</nav><div class="toc">1. x</div><script>no()</script>
            <h1>Top</h1>text <b>right</b> below
            <table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>
            <pre>  two
              lines</pre><ul><li><p>first</p></li><li>second<br>line</li></ul><footer>bye</footer>
            """
                .getBytes(StandardCharsets.UTF_8));
    assertThat(text.title()).isEqualTo("A page");
    assertThat(text.text())
        .isEqualTo(
            "Top\n\ntext right below\n\na | b\n\n1 | 2\n\ntwo\n  lines\n\n- first\n\n- second line");
    assertThat(text.headings()).containsExactly(new Heading(0, 3, 1, "Top"));
  }

  @Test
  void markdownHasHeadingsAndCode() throws IOException {
    ExtractedText text =
        load(
            "a.md",
            "Title\n=====\n\nSome `code` & <more>.\n\n```\nx = 1\ny = 2\n```\n### Deep\n"
                .getBytes(StandardCharsets.UTF_8));
    assertThat(text.headings()).extracting(Heading::level).containsExactly(1, 3);
    assertThat(text.text()).contains("Some code &").contains("x = 1\ny = 2");
  }

  @Test
  void linesOfAParagraphStayInPlainText() throws IOException {
    assertThat(
            load("a.txt", "one\r\ntwo\r\n\r\n\r\nthree\n".getBytes(StandardCharsets.UTF_8)).text())
        .isEqualTo("one\ntwo\n\nthree");
  }

  @Test
  void encodingsAreTold() throws IOException {
    String chinese = "怎样安装软件包？";
    for (Charset charset :
        new Charset[] {
          StandardCharsets.UTF_8, Charset.forName("GB18030"), StandardCharsets.UTF_16
        }) {
      assertThat(load("a.txt", chinese.getBytes(charset)).text())
          .as(charset.name())
          .isEqualTo(chinese);
    }
    assertThat(load("a.txt", "Größe: 5 €".getBytes(Charset.forName("windows-1252"))).text())
        .isEqualTo("Größe: 5 €");
    assertThat(
            load("a.html", "<meta charset=big5><p>中文的網頁".getBytes(Charset.forName("Big5"))).text())
        .isEqualTo("中文的網頁");
  }

  @Test
  void languagesAreToldByScript() {
    assertThat(LanguageDetection.of("Use apt to install 软件")).isEqualTo("en");
    assertThat(LanguageDetection.of("使用 apt-get install 安装软件包，然后重新启动系统")).isEqualTo("zh");
    assertThat(LanguageDetection.of("")).isEqualTo("en");
  }

  private ExtractedText load(String name, byte[] bytes) throws IOException {
    return new DocumentLoader(IngestionLimits.DEFAULT)
        .load(name, Files.write(folder.resolve(name), bytes), () -> false);
  }
}
