package io.kvasir.postgres;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The search by meaning against reading every vector in Java: exact without an index, nearly so
 * with one, and never worse in a small scope of a large collection.
 */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
final class NearestNeighboursTest {
  private static final int DIMENSIONS = 48;
  private static final int DOCUMENTS = 40;
  private static final int PASSAGES = 100;
  private static final int K = 10;

  private static final FixedEncoder ENCODER = new FixedEncoder("toy", DIMENSIONS, "en");
  private static final List<float[]> VECTORS = new ArrayList<>();
  private static final List<float[]> QUESTIONS = new ArrayList<>();

  private static PostgresRetriever retriever;

  @BeforeAll
  static void fill(Database database) {
    Random random = new Random(7);
    List<float[]> topics = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      topics.add(near(new float[DIMENSIONS], 1, random));
    }
    for (int i = 0; i < DOCUMENTS * PASSAGES; i++) {
      VECTORS.add(ENCODER.set("p" + i, near(topics.get(random.nextInt(60)), 0.6, random)));
    }
    for (int i = 0; i < 40; i++) {
      QUESTIONS.add(ENCODER.set("q" + i, near(topics.get(random.nextInt(60)), 0.6, random)));
    }
    retriever = new PostgresRetriever(database, new Encoders(List.of(ENCODER)), Fusion.DEFAULT);
    fill(new PostgresLibrary(database, true, 1_000), "indexed");
    fill(new PostgresLibrary(database), "exact");
  }

  private static void fill(PostgresLibrary library, String collection) {
    await(library.create(Workspace.ONLY, new NewCollection(collection, "en", "toy", DIMENSIONS)));
    for (int document = 0; document < DOCUMENTS; document++) {
      List<NewPassage> passages = new ArrayList<>();
      for (int i = 0; i < PASSAGES; i++) {
        int number = document * PASSAGES + i;
        passages.add(
            new NewPassage(i, "", null, 0, 1, "p" + number, "p" + number, VECTORS.get(number)));
      }
      String name = "d" + document;
      await(
          library.put(
              Workspace.ONLY,
              collection,
              new NewDocument(name, name, "text/plain", null, "x"),
              passages));
    }
  }

  @Test
  void withoutAnIndexEveryNeighbourIsFound() {
    assertThat(recall("exact", Scope.ALL, 0, VECTORS.size())).isEqualTo(1);
  }

  @Test
  void withAnIndexNearlyEveryNeighbourIsFound() {
    assertThat(recall("indexed", Scope.ALL, 0, VECTORS.size())).isGreaterThan(0.95);
  }

  @Test
  void aSmallScopeOfALargeCollectionLosesNothing() {
    Scope scope = new Scope(List.of("d17"));
    assertThat(recall("indexed", scope, 17 * PASSAGES, 18 * PASSAGES)).isEqualTo(1);
  }

  @Test
  void theIndexIsThereWhereItPaysAndIsUsed(Database database) {
    CollectionTable collections = new CollectionTable(database);
    assertThat(await(collections.named(Workspace.ONLY, "exact")).nearest()).isFalse();
    CollectionRow indexed = await(collections.named(Workspace.ONLY, "indexed"));
    assertThat(indexed.nearest()).isTrue();
    assertThat(plan(database, indexed, false))
        .contains("vectors_" + indexed.encoding() + "_nearest");
    assertThat(plan(database, indexed, true)).doesNotContain("_nearest");
  }

  private static String plan(Database database, CollectionRow row, boolean scoped) {
    Tuple values =
        Tuple.tuple()
            .addLong(row.id())
            .addArrayOfFloat(DocumentWriter.boxed(QUESTIONS.get(0)))
            .addString(null)
            .addString("english")
            .addString("q0")
            .addInteger(50)
            .addInteger(K)
            .addInteger(64)
            .addArrayOfString(new String[] {Hit.DENSE, Hit.LEXICAL})
            .addArrayOfDouble(new Double[] {1.0, 1.0})
            .addInteger(HybridSearch.POSTINGS)
            .addInteger(Fusion.DEFAULT.constant())
            .addLong(row.encoding());
    if (scoped) {
      values.addArrayOfLong(new Long[] {1L}).addArrayOfString(new String[] {""});
    }
    return String.join(
        "\n",
        await(
            database.list(
                "EXPLAIN " + HybridSearch.statement(DIMENSIONS, true, scoped),
                values,
                line -> line.getString(0))));
  }

  private static double recall(String collection, Scope scope, int from, int to) {
    int found = 0;
    for (int q = 0; q < QUESTIONS.size(); q++) {
      Set<String> nearest = nearest(QUESTIONS.get(q), from, to);
      List<Hit> hits =
          await(retriever.retrieve(Workspace.ONLY, collection, scope, "q" + q, K)).hits();
      assertThat(hits).hasSize(K);
      found += (int) hits.stream().filter(hit -> nearest.contains(hit.passage().value())).count();
    }
    return found / (double) (QUESTIONS.size() * K);
  }

  private static Set<String> nearest(float[] question, int from, int to) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = from; i < to; i++) {
      numbers.add(i);
    }
    numbers.sort(Comparator.comparingDouble(i -> -dot(question, VECTORS.get(i))));
    Set<String> nearest = new HashSet<>();
    numbers.subList(0, K).forEach(i -> nearest.add("p" + i));
    return nearest;
  }

  private static double dot(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  private static float[] near(float[] centre, double spread, Random random) {
    float[] vector = new float[centre.length];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (centre[i] + spread * random.nextGaussian());
    }
    return vector;
  }
}
