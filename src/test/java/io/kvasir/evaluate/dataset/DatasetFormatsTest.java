package io.kvasir.evaluate.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every format gives the same questions; what is wrong in a file is named, and the rest goes on.
 */
final class DatasetFormatsTest {
  private static Dataset read(String name, ColumnMapping mapping) throws Exception {
    Path path =
        Path.of(
            Objects.requireNonNull(DatasetFormatsTest.class.getResource("/datasets/" + name))
                .toURI());
    return DatasetReader.read(path, mapping, DatasetLimits.DEFAULTS);
  }

  private static Dataset read(String name) throws Exception {
    return read(name, ColumnMapping.DEFAULT);
  }

  private static Map<String, Integer> texts(Dataset dataset, String id) {
    return dataset.questions().stream()
        .filter(each -> each.id().equals(id))
        .flatMap(each -> each.relevant().entrySet().stream())
        .collect(Collectors.toMap(entry -> text(dataset, entry.getKey()), Map.Entry::getValue));
  }

  private static String text(Dataset dataset, String id) {
    SourceDocument document = Objects.requireNonNull(dataset.documentsById().get(id));
    return document.text().isEmpty() ? document.title() : document.text();
  }

  private static List<String> asked(Dataset dataset) {
    return dataset.questions().stream()
        .map(
            each ->
                "%s %s %s%s"
                    .formatted(
                        each.id(),
                        each.text(),
                        String.join("/", each.answers()),
                        each.answerable() ? "" : "unanswerable"))
        .toList();
  }

  private static List<String> bad(Dataset dataset) {
    return dataset.bad().stream().map(BadRecord::toString).toList();
  }

  @Test
  void squadGivesQuestionsWithTheirParagraphs() throws Exception {
    Dataset squad = read("squad.json");

    assertThat(asked(squad))
        .containsExactly(
            "n1 Where is Normandy? France/in France",
            "n2 Who sold Normandy? unanswerable",
            "n6 Who ruled first? Rollo",
            "g2 Who eats fish? Gulls");
    assertThat(squad.documents())
        .extracting(SourceDocument::title, SourceDocument::text)
        .containsExactly(
            tuple("The Normans", "Normandy lies in France. Rollo was the first ruler."),
            tuple("Gulls", "Gulls eat fish."));
    assertThat(texts(squad, "g2")).isEqualTo(Map.of("Gulls eat fish.", 1));
    assertThat(squad.name()).isEqualTo("squad.json");
    assertThat(squad.language()).isEqualTo("en");
  }

  @Test
  void whatIsWrongInSquadIsNamedWithItsLine() throws Exception {
    assertThat(bad(read("squad.json")))
        .containsExactly(
            "squad.json, line 10: the question has no text",
            "squad.json, line 11: the question n4 has no answers and is not is_impossible",
            "squad.json, line 12: the question has an id that was there before: n1",
            "squad.json, line 13: the question is no JSON object",
            "squad.json, line 17: the paragraph has no context, so it answers nothing",
            "squad.json, line 27: the article is no JSON object",
            "squad.json, line 28: is_impossible is neither true nor false");
  }

  @Test
  void cmrcsOwnFormIsReadToo() throws Exception {
    Dataset cmrc = read("cmrc.json");

    assertThat(asked(cmrc)).containsExactly("T_0_Q_0 《战国无双3》是由哪两个公司合作开发的？ 光荣和ω-force/光荣和ω-force");
    assertThat(cmrc.documents())
        .singleElement()
        .satisfies(document -> assertThat(document.title()).isEqualTo("战国无双3"));
    assertThat(cmrc.language()).isEqualTo("zh");
    assertThat(cmrc.bad()).isEmpty();
  }

  @Test
  void columnsAreCalledAsTheirOwnerSays() throws Exception {
    Dataset table = read("table.csv", ColumnMapping.parse("id=nr,question=Frage,answer=Antwort"));

    assertThat(asked(table))
        .containsExactly(
            "1 Who said \"no\"? Rollo/the Viking",
            "2 Who sold it? unanswerable",
            "3 Where? in a | b/France",
            "4 What? x");
    assertThat(texts(table, "1")).isEqualTo(Map.of("He said\n\"no\", twice.", 1));
    assertThat(texts(table, "2")).isEqualTo(texts(table, "1"));
    assertThat(texts(table, "4")).isEmpty();
    assertThat(table.documentsById().get("g"))
        .isEqualTo(new SourceDocument("g", "Gulls", "A text that nothing is asked about."));
    assertThat(bad(table))
        .containsExactly(
            "table.csv, line 8: the row has 3 columns, the headings 7; is a quotation mark missing?",
            "table.csv, line 9: answerable is 'perhaps', neither true nor false",
            "table.csv, line 10: the row cannot be read: Invalid character between encapsulated token and delimiter at line: 10, position: 333",
            "table.csv, line 7: the question 4 is answered by a document that is not there: gone");
  }

  @Test
  void aTableWithTabsIsReadToo() throws Exception {
    assertThat(asked(read("table.tsv"))).containsExactly("t1 What do \"gulls\" eat? fish");
  }

  @Test
  void linesOfJsonHaveTheSameFields() throws Exception {
    Dataset lines = read("lines.jsonl");

    assertThat(asked(lines))
        .containsExactly(
            "1 法国在哪里？ 欧洲", "2 谁卖了它？ unanswerable", "4 多大？ 很大/大", "6 怎么过滤？ ps aux | grep x");
    assertThat(texts(lines, "1")).isEqualTo(Map.of("法国在欧洲。", 1));
    assertThat(lines.questions())
        .as("a text of JSON is one answer, an array several")
        .last()
        .satisfies(each -> assertThat(each.answers()).containsExactly("ps aux | grep x"));
    assertThat(lines.language()).isEqualTo("zh");
    assertThat(bad(lines)).hasSize(2);
    assertThat(bad(lines).get(0)).startsWith("lines.jsonl, line 4: the line is no JSON: ");
    assertThat(bad(lines).get(1)).isEqualTo("lines.jsonl, line 5: the line is no JSON object");
  }

  @Test
  void beirsFolderHasGradesWhateverTheOrderOfItsColumns() throws Exception {
    Dataset beir = read("beir");

    assertThat(asked(beir)).containsExactly("q1 what do gulls eat fish", "q2 who sleeps ");
    assertThat(texts(beir, "q1")).isEqualTo(Map.of("Gulls eat fish.", 2, "Title alone", 1));
    assertThat(texts(beir, "q2")).isEqualTo(Map.of("Cats sleep.", 1));
    assertThat(bad(beir))
        .containsExactly(
            "corpus.jsonl, line 3: the document has an id that was there before: d2",
            "corpus.jsonl, line 5: the document has no id",
            "test.tsv, line 7: the grade is no number: good",
            "queries.jsonl, line 2: the question q2 is answered by a document that is not there: d9");
  }

  @Test
  void trecsFolderHasTopicsJudgementsAndDocuments() throws Exception {
    Dataset trec = read("trec");

    assertThat(asked(trec))
        .containsExactly("301 International Organized Crime ", "302 Poliomyelitis & Post-Polio ");
    assertThat(texts(trec, "301")).isEqualTo(Map.of("Two gangs &  one  bank\nand a third", 1));
    assertThat(trec.documentsById().get("LA-1"))
        .isEqualTo(new SourceDocument("LA-1", "Polio", "Polio is rare."));
    assertThat(texts(trec, "302")).isEqualTo(Map.of("Polio is rare.", 2));
    assertThat(bad(trec))
        .containsExactly(
            "fr.txt, line 13: the record has no end",
            "qrels.txt, line 5: the judgement has 2 columns, not 4");
  }

  @Test
  void cacmsFieldsOfALetterAreRead() throws Exception {
    Dataset cacm = read("cacm");

    assertThat(asked(cacm))
        .containsExactly(
            "1 What articles exist which deal with algebraic languages? ", "2 Roots? ");
    assertThat(texts(cacm, "1"))
        .isEqualTo(Map.of("Preliminary Report-International Algebraic Language", 1));
    assertThat(texts(cacm, "2")).isEqualTo(Map.of("A method for roots.\nIt is slow.", 1));
    assertThat(cacm.bad()).isEmpty();
  }
}
