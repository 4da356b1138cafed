package io.kvasir.postgres;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kvasir.core.Hit;
import io.kvasir.core.Scope;
import io.kvasir.core.Workspace;
import io.kvasir.encode.Encoders;
import io.kvasir.retrieve.Fusion;
import io.kvasir.retrieve.Library.NewCollection;
import io.kvasir.retrieve.Library.NewDocument;
import io.kvasir.retrieve.Library.NewPassage;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The search by words against BM25 as its formula has it, computed in Java word by word. */
@ExtendWith(PostgresExtension.class)
final class LexicalSearchTest {
  private static final FixedEncoder SPACED = new FixedEncoder("toy-xx", 2, "xx");
  private static final FixedEncoder CHINESE = new FixedEncoder("toy-zh", 2, "zh");
  private static final Encoders ENCODERS = new Encoders(List.of(SPACED, CHINESE));
  private static final int DOCUMENTS = 4;
  private static final int PASSAGES = 60;
  private static final List<String> CHINESE_WORDS =
      List.of("软件", "文件", "内核", "编译", "系统", "用户", "网络", "安装", "打印机", "鼠标");

  private static final List<String> spaced = new ArrayList<>();
  private static final List<String> chinese = new ArrayList<>();

  private static Database database;

  @BeforeAll
  static void fill(Database migrated) {
    database = migrated;
    Random random = new Random(11);
    for (int i = 0; i < DOCUMENTS * PASSAGES; i++) {
      spaced.add(text(random, word -> "w" + word + " "));
      chinese.add(text(random, word -> CHINESE_WORDS.get(word % CHINESE_WORDS.size()) + "，"));
    }
    store("spaced", "xx", SPACED, spaced);
    store("chinese", "zh", CHINESE, chinese);
  }

  /** Words of which the first are common and often repeated, the last rare. */
  private static String text(Random random, Function<Integer, String> word) {
    StringBuilder text = new StringBuilder();
    int length = 1 + random.nextInt(80);
    for (int i = 0; i < length; i++) {
      text.append(word.apply((int) (40 * Math.pow(random.nextDouble(), 3))));
    }
    return text.toString();
  }

  @Test
  void everyPassageHasTheScoreOfTheFormula() {
    Function<String, List<String>> words = text -> List.of(text.strip().split(" +"));
    for (String question : List.of("w0", "w1 w38", "w0 w3 w9 w20 w39", "w5 w5 w5", "w2 unknown")) {
      assertScores("spaced", question, spaced, words);
    }
  }

  @Test
  void chineseToo() {
    ChineseWords cut = new ChineseWords();
    for (String question : List.of("打印机", "怎样编译内核", "用户安装软件和鼠标")) {
      assertScores("chinese", question, chinese, cut::in);
    }
  }

  private static void assertScores(
      String collection, String question, List<String> texts, Function<String, List<String>> cut) {
    double[] expected = bm25(cut.apply(question), texts.stream().map(cut).toList());
    List<Hit> hits =
        find(new PostgresRetriever(database, ENCODERS, Fusion.DEFAULT), collection, question);
    assertThat(hits).hasSize(texts.size());
    assertThat(hits).extracting(Hit::lexical).anyMatch(score -> score != null);
    for (Hit hit : hits) {
      double naive = expected[texts.indexOf(hit.passage().value())];
      assertThat(hit.lexical() == null ? 0 : hit.lexical())
          .as("%s in %s", question, hit.passage().value())
          .isCloseTo(naive, within(1e-9));
    }
  }

  private static double[] bm25(List<String> question, List<List<String>> texts) {
    double mean = texts.stream().mapToInt(List::size).average().orElse(1);
    double[] scores = new double[texts.size()];
    for (String word : new HashSet<>(question)) {
      long holding = texts.stream().filter(text -> text.contains(word)).count();
      double rarity = Math.log(1 + (texts.size() - holding + 0.5) / (holding + 0.5));
      for (int i = 0; i < scores.length; i++) {
        int count = Collections.frequency(texts.get(i), word);
        double norm =
            HybridSearch.K1 * (1 - HybridSearch.B + HybridSearch.B * texts.get(i).size() / mean);
        scores[i] += rarity * count * (HybridSearch.K1 + 1) / (count + norm);
      }
    }
    return scores;
  }

  @Test
  void aScopeDoesNotChangeTheScores() {
    PostgresRetriever retriever = new PostgresRetriever(database, ENCODERS, Fusion.DEFAULT);
    List<Hit> whole = find(retriever, "spaced", "w4 w30");
    List<Hit> part = find(retriever, "spaced", "w4 w30", "d2");
    assertThat(part).hasSize(PASSAGES);
    assertThat(whole).containsAll(part.stream().map(hit -> ranked(whole, hit)).toList());
    part.forEach(hit -> assertThat(ranked(whole, hit).lexical()).isEqualTo(hit.lexical()));
  }

  private static Hit ranked(List<Hit> hits, Hit wanted) {
    return hits.stream()
        .filter(hit -> hit.passage().id() == wanted.passage().id())
        .findAny()
        .orElseThrow();
  }

  @Test
  void inLargeCollectionsTheMostCommonWordsAreLeftOut() {
    Set<String> rare = holding("w37");
    PostgresRetriever bounded =
        new PostgresRetriever(database, ENCODERS, Fusion.DEFAULT, rare.size());
    List<Hit> hits = find(bounded, "spaced", "w0 w37");
    assertThat(hits)
        .filteredOn(hit -> hit.lexical() != null)
        .extracting(hit -> hit.passage().value())
        .containsExactlyInAnyOrderElementsOf(rare);
    // The rarest word is looked for however common it is.
    assertThat(find(bounded, "spaced", "w0"))
        .filteredOn(hit -> hit.lexical() != null)
        .hasSameSizeAs(holding("w0"));
  }

  private static Set<String> holding(String word) {
    Set<String> texts = new HashSet<>();
    spaced.stream().filter(text -> (" " + text).contains(" " + word + " ")).forEach(texts::add);
    return texts;
  }

  @Test
  void aWordIsCountedExactlyAsOftenAsItOccurs() {
    // PostgreSQL keeps at most 255 positions of a word.
    List<Integer> counts =
        await(
            database.list(
                "SELECT occurrences(to_tsvector('simple', repeat('word other ', n)), 'word')"
                    + " FROM generate_series(1, 256) AS n ORDER BY n",
                Tuple.tuple(),
                row -> row.getInteger(0)));
    for (int n = 1; n <= 256; n++) {
      assertThat(counts.get(n - 1)).isEqualTo(Math.min(n, 255));
    }
  }

  private static List<Hit> find(
      PostgresRetriever retriever, String collection, String question, String... scope) {
    return await(
            retriever.retrieve(
                Workspace.ONLY, collection, new Scope(List.of(scope)), question, 1_000))
        .hits();
  }

  private static void store(
      String collection, String language, FixedEncoder encoder, List<String> texts) {
    PostgresLibrary library = new PostgresLibrary(database);
    await(
        library.create(
            Workspace.ONLY,
            new NewCollection(collection, language, encoder.description().name(), 2)));
    for (int document = 0; document < DOCUMENTS; document++) {
      List<NewPassage> passages = new ArrayList<>();
      for (String text : texts.subList(document * PASSAGES, (document + 1) * PASSAGES)) {
        float[] vector = encoder.set(text, 1, passages.size());
        passages.add(
            new NewPassage(passages.size(), "", null, 0, text.length(), text, text, vector));
      }
      String name = "d" + document;
      await(
          library.put(
              Workspace.ONLY,
              collection,
              new NewDocument(name, name, "text/plain", null, ""),
              passages));
    }
  }
}
