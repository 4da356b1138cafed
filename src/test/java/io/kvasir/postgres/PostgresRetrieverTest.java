package io.kvasir.postgres;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.kvasir.core.Hit;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Scope;
import io.kvasir.core.Workspace;
import io.kvasir.encode.Encoders;
import io.kvasir.retrieve.Fusion;
import io.kvasir.retrieve.Library.NewCollection;
import io.kvasir.retrieve.Library.NewDocument;
import io.kvasir.retrieve.Library.NewPassage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Search by meaning and by words, fused in one statement. */
@ExtendWith(PostgresExtension.class)
final class PostgresRetrieverTest {
  private static final FixedEncoder ENGLISH = new FixedEncoder("toy-en", 3, "en");
  private static final FixedEncoder CHINESE = new FixedEncoder("toy-zh", 2, "zh");

  private static PostgresLibrary library;
  private static PostgresRetriever retriever;

  @BeforeAll
  static void open(Database database) {
    library = new PostgresLibrary(database);
    retriever =
        new PostgresRetriever(database, new Encoders(List.of(ENGLISH, CHINESE)), Fusion.DEFAULT);
    await(library.create(Workspace.ONLY, new NewCollection("english", "en", "toy-en", 3)));
    await(library.create(Workspace.ONLY, new NewCollection("chinese", "zh", "toy-zh", 2)));
    put(
        "english",
        "a.html",
        ENGLISH,
        passage("mirrors", "Mirrors copy archives of packages.", 1, 0.1f, 0),
        passage("kernels", "Kernels are compiled; packages follow.", 0, 1, 0.1f),
        passage("rare", "The zyzzyva beetle's packages.", 0, 0, 1));
    put("english", "b.html", ENGLISH, passage("mirrors", "Nearest mirror.", 1, 0, 0));
    put(
        "chinese",
        "甲.html",
        CHINESE,
        passage("软件", "怎样找出一个文件属于哪个软件包？", 1, 0),
        passage("内核", "编译内核需要源代码。", 0, 1));
  }

  @Test
  void bothSearchesAreFusedByRank() {
    ENGLISH.set("mirrors of packages", 0.9f, 0.2f, 0.1f);
    List<Hit> hits = find("english", "mirrors of packages");
    Hit best = hits.get(0);
    assertThat(best.passage().value()).startsWith("Mirrors copy");
    assertThat(best.dense()).isBetween(0.9, 1.0);
    assertThat(best.lexical()).isPositive();
    assertThat(best.lists()).allSatisfy((list, listed) -> assertThat(listed.place()).isEqualTo(1));
    assertThat(hits).extracting(Hit::rank).containsExactly(1, 2, 3, 4);
    // Four hold one of the words; the fourth is how far behind the best one.
    double fourth =
        lexical(hits.stream().min(Comparator.comparingDouble(hit -> lexical(hit))).get());
    double ahead = 1 - fourth / lexical(best);
    double sum = Fusion.DEFAULT.score(1, 1, ahead);
    assertThat(sum).isCloseTo(1.0 / 11 + 0.5 / 11 * (1 + 3 * ahead * ahead), within(1e-9));
    assertThat(best.score()).isCloseTo(sum, within(1e-9));
    assertThat(hits).extracting(Hit::score).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void whatTheEncoderDoesNotSpeakIsSaid() {
    assertThat(spoken("english", "Where are mirrors?")).isTrue();
    assertThat(spoken("english", "镜像在哪里？")).isFalse();
    assertThat(spoken("chinese", "内核在哪里？")).isTrue();
    await(library.create(Workspace.ONLY, new NewCollection("german", "de", "toy-en", 3)));
    assertThat(spoken("german", "Wo liegt ein Spiegel?")).isFalse();
  }

  private static boolean spoken(String collection, String question) {
    return await(retriever.retrieve(Workspace.ONLY, collection, Scope.ALL, question, 3)).spoken();
  }

  @Test
  void aRareWordFindsWhatMeaningMisses() {
    ENGLISH.set("Where are zyzzyvas and packages?", 1, 0.5f, -1);
    Hit found =
        find("english", "Where are zyzzyvas and packages?").stream()
            .max((a, b) -> Double.compare(lexical(a), lexical(b)))
            .orElseThrow();
    assertThat(found.passage().heading()).isEqualTo("rare");
  }

  @Test
  void aQuestionInAnotherSpellingFindsTheSameWords() {
    for (String spelling : List.of("zyz\u00ADzy\u200Bva", "ｚｙｚｚｙｖａ", "zyzzyv\u200Da")) {
      assertThat(find("english", "Where is the " + spelling + "?"))
          .filteredOn(hit -> hit.lexical() != null)
          .extracting(hit -> hit.passage().heading())
          .containsExactly("rare");
    }
  }

  @Test
  void whatOnlyMeaningFoundHasNoRankByWords() {
    assertThat(find("english", "something else entirely"))
        .isNotEmpty()
        .allSatisfy(hit -> assertThat(hit.lexical()).isNull());
  }

  @Test
  void aScopeBoundsBothSearches() {
    ENGLISH.set("mirror packages", 1, 0, 0);
    assertThat(find("english", "mirror packages", "b.html"))
        .extracting(hit -> hit.passage().document())
        .containsExactly("b.html");
    assertThat(find("english", "mirror packages", "a.html#kern", "b.html"))
        .extracting(hit -> hit.passage().heading())
        .containsExactlyInAnyOrder("kernels", "mirrors");
    assertThat(find("english", "mirror packages", "a.html#nothing")).isEmpty();
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> find("english", "mirror", "c.html"))
        .returns(Kind.NOT_FOUND, ProblemException::kind);
  }

  @Test
  void chineseWordsMatchWithoutSpaces() {
    CHINESE.set("文件属于哪个软件包", 0.1f, 1);
    List<Hit> hits = find("chinese", "文件属于哪个软件包");
    assertThat(hits).hasSize(2);
    Hit byWords = hits.stream().filter(hit -> hit.lexical() != null).findAny().orElseThrow();
    assertThat(byWords.passage().heading()).isEqualTo("软件");
    assertThat(find("chinese", "内核源代码").get(0).passage().heading()).isEqualTo("内核");
    // Only words without a meaning of their own are common to both.
    assertThat(find("chinese", "怎样的？")).allSatisfy(hit -> assertThat(hit.lexical()).isNull());
  }

  @Test
  void marksOfTheQueryLanguageAreJustMarks() {
    for (String question :
        List.of(
            "it's | & ! ( ) : * <-> \\ 'packages'", "\\", "'", "", "a\0b", "\"x\" AND (", "%_")) {
      assertThat(find("english", question)).isNotEmpty();
      assertThat(find("chinese", question + "软件包'\\")).isNotEmpty();
    }
  }

  @Test
  void anEmptyCollectionHasNoHits() {
    await(library.create(Workspace.ONLY, new NewCollection("empty", "en", "toy-en", 3)));
    assertThat(find("empty", "anything")).isEmpty();
  }

  @Test
  void aQuestionHasALimit() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> find("english", "word ".repeat(10_000)))
        .returns(Kind.TOO_LARGE, ProblemException::kind);
  }

  private static double lexical(Hit hit) {
    return hit.lexical() == null ? -1 : hit.lexical();
  }

  private static List<Hit> find(String collection, String question, String... scope) {
    return await(
            retriever.retrieve(Workspace.ONLY, collection, new Scope(List.of(scope)), question, 10))
        .hits();
  }

  private static NewPassage passage(String heading, String text, float... vector) {
    return new NewPassage(0, heading, null, 0, text.length(), text, text, vector);
  }

  private static void put(
      String collection, String name, FixedEncoder encoder, NewPassage... passages) {
    List<NewPassage> numbered = new ArrayList<>();
    for (NewPassage each : passages) {
      numbered.add(
          new NewPassage(
              numbered.size(),
              each.heading(),
              null,
              each.start(),
              each.end(),
              each.key(),
              each.value(),
              encoder.set(each.key(), each.embedding())));
    }
    await(
        library.put(
            Workspace.ONLY,
            collection,
            new NewDocument(name, name, "text/html", null, name),
            numbered));
  }
}
