package io.kvasir.evaluate.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is no dataset, is too large or was made to do harm is refused in words. */
final class DatasetReaderTest {
  private static final String LINE =
      "{\"id\": \"%s\", \"question\": \"What?\", \"answer\": \"%s\", \"context\": \"%s\"}\n";

  @TempDir Path folder;

  private Dataset read(String name, String content, DatasetLimits limits) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    return DatasetReader.read(file, ColumnMapping.DEFAULT, limits);
  }

  private Dataset read(String name, String content) throws IOException {
    return read(name, content, DatasetLimits.DEFAULTS);
  }

  private void refused(Kind kind, String name, String content, String... words) {
    refused(kind, name, content, DatasetLimits.DEFAULTS, words);
  }

  private void refused(
      Kind kind, String name, String content, DatasetLimits limits, String... words) {
    assertThatThrownBy(() -> read(name, content, limits))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.kind()).isEqualTo(kind);
              assertThat(problem).hasMessageContainingAll(words);
            });
  }

  @Test
  void whatIsInNoKnownFormatIsToldWhichThereAre() {
    refused(Kind.INVALID, "notes.docx", "x", "notes.docx", ".json", ".csv", "BEIR", "TREC");
    assertThatThrownBy(() -> DatasetReader.read(folder.resolve("missing.json")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("neither a file nor a folder");
    assertThatThrownBy(() -> DatasetReader.read(folder))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("qrels");
  }

  @Test
  void nothingToAskIsAnError() {
    refused(Kind.INVALID, "empty.json", "", "no question that can be asked");
    refused(Kind.INVALID, "other.json", "{\"a\": [1]}", "no question that can be asked");
    refused(Kind.INVALID, "lines.jsonl", "{\"question\": \"x\"}\n", "first bad record", "line 1");
    refused(Kind.INVALID, "table.csv", "a,b\n1,2\n", "no column 'question'", "[a, b]");
    refused(Kind.INVALID, "none.csv", "", "none.csv is empty", "names its columns");
  }

  /** Who asks a server for an experiment is told nothing of where the server keeps files. */
  @Test
  void whatIsWrongWithAFileDoesNotSayWhereItLies() throws IOException {
    Path latin = Files.write(folder.resolve("latin.csv"), new byte[] {'q', (byte) 0xe9});
    assertThatThrownBy(() -> DatasetReader.read(latin))
        .hasMessageStartingWith("latin.csv is not written in UTF-8");
    for (String name : List.of("a.csv", "b.json", "c.jsonl", "d.docx", "e.tsv")) {
      for (String content : List.of("", "x", "{", "a,a\n1,2", "question\n\"open")) {
        assertThatThrownBy(() -> read(name, content))
            .as("%s: %s", name, content)
            .isInstanceOf(ProblemException.class)
            .hasMessageStartingWith(name)
            .message()
            .doesNotContain(folder.toString());
      }
    }
  }

  @Test
  void ofAFileThatWasCutOffTheBeginningCounts() throws IOException {
    Dataset squad =
        read(
            "cut.json",
            """
            {"data": [{"title": "A", "paragraphs": [{"context": "One.", "qas": [
              {"id": "1", "question": "What?", "answers": [{"text": "One"}]}]}]},
              {"title": "B", "paragraphs": [{"context": "Two.", "qas": [
            """);
    assertThat(squad.questions()).hasSize(1);
    assertThat(squad.bad())
        .singleElement()
        .satisfies(
            bad ->
                assertThat(bad.toString())
                    .startsWith("cut.json, line 4: no JSON from here on, so the rest"));
    Dataset table = read("cut.csv", "question,answer\nWhat?,One\nWho?,\"Two\nWhere?,Three\n");
    assertThat(table.questions()).hasSize(1);
    assertThat(table.bad()).singleElement().extracting(BadRecord::line).isEqualTo(3);
  }

  @Test
  void limitsAreNamed() throws IOException {
    refused(
        Kind.TOO_LARGE,
        "big.jsonl",
        "x".repeat(101),
        new DatasetLimits(100, 10, 10, 10),
        "big.jsonl has 101 bytes",
        "100");
    String four = LINE.formatted(1, "a", "A") + LINE.formatted(2, "b", "B");
    refused(
        Kind.TOO_LARGE,
        "many.jsonl",
        four,
        new DatasetLimits(1_000, 3, 100, 10),
        "may have 3 documents and questions");
    Dataset some =
        read(
            "some.jsonl",
            LINE.formatted(1, "a", "A".repeat(101)) + four,
            new DatasetLimits(1_000, 10, 100, 10));
    assertThat(some.bad())
        .singleElement()
        .hasToString("some.jsonl, line 1: the document has 101 characters; it may have 100");
    assertThat(some.questions()).hasSize(2);
  }

  @Test
  void ofManyBadRecordsTheFirstAreNamedAndTheRestCounted() throws IOException {
    Dataset lines =
        read(
            "bad.jsonl",
            LINE.formatted(1, "a", "A") + "rubbish\n".repeat(5),
            new DatasetLimits(1_000, 10, 100, 2));
    assertThat(lines.bad()).hasSize(3);
    assertThat(lines.bad().get(2)).hasToString(": 3 more records are bad");
  }

  @Test
  void whatIsSaidOfABadRecordIsShort() throws IOException {
    Dataset lines =
        read(
            "long.jsonl",
            "{\"question\": \"x\", \"answer\": \"y\", \"answerable\": \"%s\"}\n"
                    .formatted("z".repeat(90_000))
                + LINE.formatted(1, "a", "A"));
    assertThat(lines.bad())
        .singleElement()
        .satisfies(bad -> assertThat(bad.reason()).hasSizeLessThan(310).endsWith("…"));
  }

  @Test
  void textThatCannotBeStoredIsABadRecord() throws IOException {
    Dataset lines =
        read(
            "odd.jsonl",
            LINE.formatted(1, "a", "\\u0000")
                + LINE.formatted(2, "\\ud800", "B")
                + LINE.formatted(3, "c", "C"));
    assertThat(lines.questions()).extracting(LabelledQuestion::id).containsExactly("3");
    assertThat(lines.bad()).extracting(BadRecord::line).containsExactly(1, 2);
  }

  @Test
  void deepOrForeignBytesAreNoDefectOfOurs() throws IOException {
    String deep = "[".repeat(5_000);
    refused(Kind.INVALID, "deep.json", deep, "no question that can be asked");
    refused(Kind.INVALID, "deep.jsonl", deep + "\n", "no JSON");
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, "question,answer\nWo?,K\u00f6ln\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> DatasetReader.read(latin))
        .isInstanceOf(ProblemException.class)
        .hasMessageContainingAll("UTF-8", "iconv");
    Files.write(
        latin,
        ("question,answer\n" + "Where?,there\n".repeat(2_000) + "Wo?,K\u00f6ln\n")
            .getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> DatasetReader.read(latin))
        .isInstanceOf(ProblemException.class)
        .hasMessageContainingAll("UTF-8", "iconv");
    assertThat(read("mark.csv", "\uFEFFquestion,answer\r\nWhat?,x\r\n").questions()).hasSize(1);
  }

  @Test
  void judgementsThatAreNoneAreBadRecords() throws IOException {
    Files.writeString(folder.resolve("docs.txt"), "<DOC><DOCNO>d</DOCNO><TEXT>A</TEXT></DOC>");
    Files.writeString(folder.resolve("topics.tsv"), "1\tWhat?\n");
    Files.writeString(folder.resolve("qrels"), "rubbish\n1 0 d 1\n");
    Dataset trec = DatasetReader.read(folder);
    assertThat(trec.questions()).hasSize(1);
    assertThat(trec.bad())
        .singleElement()
        .hasToString("qrels, line 1: the judgement has 1 columns, not 4");
  }

  @Test
  void aLineThatNeverEndsIsNotHeld() throws IOException {
    Dataset lines =
        read(
            "long.jsonl",
            "y".repeat(20_000) + "\n" + LINE.formatted(1, "a", "A"),
            new DatasetLimits(100_000, 10, 100, 10));
    assertThat(lines.questions()).hasSize(1);
    assertThat(lines.bad()).singleElement().extracting(BadRecord::line).isEqualTo(1);
  }
}
