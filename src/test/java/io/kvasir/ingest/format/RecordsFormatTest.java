package io.kvasir.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.kvasir.core.ProblemException;
import io.kvasir.ingest.format.LoadedDocument.Block;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables and lines of JSON: a record each. */
final class RecordsFormatTest {
  @Test
  void aTextHasTheFieldsBesideIt() {
    LoadedDocument document =
        Reading.of(
            "releases.jsonl",
            """
            {"title": "GPT-4", "text": "GPT-4 于 2023 年 3 月 14 日发布。", "release_year": 2023, "open": false}

            {"text": "Written by hand.", "fields": {"hand": "left"}, "source": "a diary"}
            """);
    assertThat(document.mediaType()).isEqualTo("application/jsonl");
    assertThat(document.blocks())
        .extracting(block -> text(document, block), Block::headings, Block::fields)
        .containsExactly(
            tuple(
                "GPT-4 于 2023 年 3 月 14 日发布。",
                List.of("GPT-4"),
                "{\"title\":\"GPT-4\",\"release_year\":2023,\"open\":false}"),
            tuple("Written by hand.", List.of("#2"), "{\"hand\":\"left\"}"));
  }

  @Test
  void aRowIsARecordWhoseNumbersAreNumbers() {
    LoadedDocument document =
        Reading.of(
            "packages.csv",
            "Name,Version,Size,Code\r\nhello,2.10,283648,007\r\n\"gcc, the compiler\",,1.5,\r\n");
    assertThat(document.blocks())
        .extracting(block -> text(document, block))
        .containsExactly(
            "Name: hello\nVersion: 2.10\nSize: 283648\nCode: 007",
            "Name: gcc, the compiler\nSize: 1.5");
    assertThat(document.blocks())
        .extracting(Block::fields)
        .containsExactly(
            "{\"Name\":\"hello\",\"Version\":2.10,\"Size\":283648,\"Code\":\"007\"}",
            "{\"Name\":\"gcc, the compiler\",\"Size\":1.5}");
    assertThat(document.blocks().get(1).headings()).containsExactly("gcc, the compiler");
  }

  @Test
  void columnsApartByTabsMayHoldCommas() {
    LoadedDocument document = Reading.of("a.tsv", "text\tyear\nOne, two.\t1999\n");
    assertThat(document.text()).isEqualTo("One, two.");
    assertThat(document.blocks().get(0).fields()).isEqualTo("{\"year\":1999}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a.jsonl | {\"text\": \"one\"} {x | line 1 is no JSON",
        "b.jsonl | [1, 2] | line 1 is no JSON object",
        "c.csv   | name,size%nhello | row 1 has 1 columns, the headings 2",
        "d.csv   | name,name%na,b | has no usable headings",
        "e.csv   | name%n\"open | a row cannot be read",
        "f.csv   | name,size | has no text",
        "g.jsonl | {} | has no text",
      })
  void whatIsWrongIsSaidWithItsPlace(String name, String text, String message) {
    assertThatThrownBy(() -> Reading.of(name, text.formatted()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(message);
  }

  private static String text(LoadedDocument document, Block block) {
    return document.text().substring(block.start(), block.end());
  }
}
