package io.kvasir.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.ingest.format.LoadedDocument.Block;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DocumentReaderTest {
  @TempDir private Path folder;

  @Test
  void aPageOfAManualLosesItsNavigationAndKeepsItsStructure() throws IOException {
    LoadedDocument page =
        load(
            "chapter.html",
            """
            <html><head><title>Chapter 8. Tools</title><style>p{}</style></head><body>
            <div class="navheader"><table><tr><th>Chapter 8. Tools</th></tr></table></div>
            <div class="chapter"><h1 class="title"><a id="x"></a>Chapter&nbsp;8.&nbsp;Tools
            </h1><div class="toc"><dl><dt><a href="#a">8.1 dpkg</a></dt></dl></div>
            <div class="section"><h2>8.1 dpkg</h2>
            <p>This is the <em>main</em>
              program. Uses:</p>
            <ul><li><p>Options:
            <code>dpkg --help</code></p></li><li><p>Contents</p><ul><li>inner</li></ul></li></ul>
            <ol><li>first</li><li>second</li></ol>
            <pre>  apt-get update
              -&gt;  apt update</pre>
            <div class="note"><h3>Note</h3><p>Mind this.</p></div>
            <table><tr><th>old</th><th>new</th></tr><tr><td>a</td><td>b</td></tr></table>
            <script>track()</script></div></div>
            <div class="navfooter">Next</div><footer>Imprint</footer></body></html>
            """);
    assertThat(page.title()).isEqualTo("Chapter 8. Tools");
    assertThat(page.text())
        .isEqualTo(
            """
            Chapter 8. Tools

            8.1 dpkg

            This is the main program. Uses:

            - Options: dpkg --help
            - Contents
              - inner

            1. first
            2. second

              apt-get update
              ->  apt update

            Note

            Mind this.

            old: a | new: b""");
    assertThat(headings(page, "Mind")).containsExactly("Chapter 8. Tools", "8.1 dpkg");
  }

  @Test
  void linesOfChineseAreJoinedWithoutASpace() throws IOException {
    String page = "<main><h1>软件\n包</h1><p>管理\n  系统，\n包括\ndpkg\n和 <b>apt</b>\n。</main><p>around";
    assertThat(load("a.html", page).text()).isEqualTo("软件包\n\n管理系统，包括 dpkg 和 apt 。");
  }

  @Test
  void aPageWithoutAHeadingIsUnderItsTitle() throws IOException {
    LoadedDocument page = load("a.htm", "<title>Frogs</title><p>They jump.");
    assertThat(page.text()).isEqualTo("They jump.");
    assertThat(headings(page, "They")).containsExactly("Frogs");
  }

  @Test
  void markdownKeepsHeadingsListsListingsAndTables() throws IOException {
    LoadedDocument document =
        load(
            "a.md",
            """
            ---
            title: "The manual"
            author: x
            ---
            # Use
            Some *emphasis* and a [link](http://example.org).

            ## Steps
            1. one
            2. two

            ```sh
            if x; then
              y
            fi
            ```

            | a | b |
            |---|---|
            | 1 | 2 |
            """);
    assertThat(document.title()).isEqualTo("The manual");
    assertThat(document.text())
        .isEqualTo(
            """
            title: "The manual"
            author: x

            Use

            Some emphasis and a link (http://example.org).

            Steps

            1. one
            2. two

            if x; then
              y
            fi

            a: 1 | b: 2""");
    assertThat(headings(document, "if x")).containsExactly("Use", "Steps");
  }

  @Test
  void pdfKeepsPagesAndJoinsBrokenWords() throws IOException {
    Path file = folder.resolve("a.pdf");
    PdfFiles.write(
        file, List.of(List.of("The docu-", "ment begins."), List.of("Second page.")), "Title");
    LoadedDocument document = load("a.pdf", file);
    assertThat(document.title()).isEqualTo("Title");
    assertThat(document.pages()).isEqualTo(2);
    assertThat(document.text()).isEqualTo("The document begins.\n\nSecond page.");
    assertThat(document.blocks()).extracting(Block::page).containsExactly(1, 2);
  }

  @Test
  void theOutlineOfAPdfNamesItsHeadings() throws IOException {
    Path file = folder.resolve("a.pdf");
    PdfFiles.writeWithOutline(
        file,
        List.of(
            List.of("Preface.", "", "1 The beginning", "", "First words."),
            List.of("1.1 A heading of", "two lines", "", "Words below."),
            List.of("Words that no heading is on the page of.")),
        List.of("The beginning", "A heading of two lines", "Nowhere"));
    LoadedDocument document = load("a.pdf", file);
    assertThat(headings(document, "Preface.")).isEmpty();
    assertThat(headings(document, "First words.")).containsExactly("1 The beginning");
    assertThat(headings(document, "Words below."))
        .containsExactly("1 The beginning", "1.1 A heading of two lines");
    assertThat(headings(document, "Words that")).isEqualTo(headings(document, "Words below."));
  }

  @Test
  void pagesOfContentsOfAPdfAreLeftOut() throws IOException {
    Path file = folder.resolve("a.pdf");
    List<List<String>> pages = new ArrayList<>();
    pages.add(Collections.nCopies(6, "1.1 Some section . . . . . . . . 7"));
    pages.add(List.of("One of us."));
    PdfFiles.write(file, pages, null);
    assertThat(load("a.pdf", file).text()).isEqualTo("One of us.");
  }

  @Test
  void plainTextIsCutAtBlankLines() throws IOException {
    LoadedDocument document = load("a.txt", "\r\n\r\n  One\r\nline.\r\n \t\r\n\r\nTwo\u0007.\f");
    assertThat(document.text()).isEqualTo("  One\nline.\n\nTwo .");
    assertThat(document.blocks()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8, 'Ein Übergang, naïve café'",
    "UTF-8, 软件包管理系统是什么？",
    "UTF-16LE, Plain words without a mark",
    "UTF-16BE, Plain words without a mark",
    "GB18030, 软件包管理系统是什么？ dpkg 是主要的程序。",
    "windows-1252, 'Über Müller, naïve Mühe, café “quoted” – and so on'",
  })
  void charsetsAreTold(String charset, String words) throws IOException {
    Path file = folder.resolve("a.txt");
    Files.write(file, words.getBytes(Charset.forName(charset)));
    assertThat(load("a.txt", file).text()).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({"UTF-8, EFBBBF", "UTF-16LE, FFFE", "UTF-16BE, FEFF", "UTF-32LE, FFFE0000"})
  void byteOrderMarksAreFollowedAndDropped(String charset, String mark) throws IOException {
    Path file = folder.resolve("a.txt");
    byte[] words = "软件 words".getBytes(Charset.forName(charset));
    byte[] marked = java.util.HexFormat.of().parseHex(mark);
    byte[] all = java.util.Arrays.copyOf(marked, marked.length + words.length);
    System.arraycopy(words, 0, all, marked.length, words.length);
    Files.write(file, all);
    assertThat(load("a.txt", file).text()).isEqualTo("软件 words");
  }

  @Test
  void aPageIsReadInTheCharsetItDeclares() throws IOException {
    Path file = folder.resolve("a.html");
    String page = "<meta charset='gb2312'><h1>软件</h1><p>包</p>";
    Files.write(file, page.getBytes(Charset.forName("GBK")));
    assertThat(load("a.html", file).text()).isEqualTo("软件\n\n包");
  }

  @ParameterizedTest
  @CsvSource({
    "README, text/plain",
    "some/.hidden, text/plain",
    "a.MD, text/markdown",
    "b.TXT, text/plain",
    "名字 with spaces & ü.txt, text/plain",
  })
  void theNameTellsTheKind(String name, String mediaType) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "words");
    assertThat(load(name, file).mediaType()).isEqualTo(mediaType);
  }

  @Test
  void aTextAboutPdfIsText() throws IOException {
    String text = "A PDF begins with %PDF-1.7, whatever it is named.";
    assertThat(load("about.md", text).text()).isEqualTo(text);
  }

  @Test
  void withoutAnExtensionTheContentTellsTheKind() throws IOException {
    assertThat(load("page", "<!-- x -->\n<!DOCTYPE html><p>words").mediaType())
        .isEqualTo("text/html");
    assertThat(load("page", "<?xml version='1.0'?>\n<HTML><p>words").mediaType())
        .isEqualTo("text/html");
    assertThat(load("page", "<!-- -->".repeat(200) + "words").mediaType()).isEqualTo("text/plain");
    Path file = folder.resolve("b");
    PdfFiles.write(file, List.of(List.of("words")), null);
    assertThat(load("b", file).mediaType()).isEqualTo("application/pdf");
  }

  private static List<String> headings(LoadedDocument document, String beginning) {
    return document.blocks().stream()
        .filter(block -> document.text().startsWith(beginning, block.start()))
        .findFirst()
        .orElseThrow()
        .headings();
  }

  private LoadedDocument load(String name, String content) throws IOException {
    Path file = folder.resolve("content");
    Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    return load(name, file);
  }

  private static LoadedDocument load(String name, Path file) throws IOException {
    return Reading.of(name, file);
  }
}
