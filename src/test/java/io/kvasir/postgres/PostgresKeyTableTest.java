package io.kvasir.postgres;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.Passage;
import io.kvasir.core.Workspace;
import io.kvasir.generate.StoredRows;
import io.kvasir.memory.KeyTable;
import io.kvasir.memory.KeyTable.Answer;
import io.kvasir.memory.KeyTable.Head;
import io.kvasir.memory.MemoryStore.Source;
import io.kvasir.memory.RowsKey;
import io.kvasir.retrieve.Library.NewCollection;
import io.kvasir.retrieve.Library.NewDocument;
import io.kvasir.retrieve.Library.NewPassage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Attention as a statement is the attention that Java computes of the same keys and values. */
@ExtendWith(PostgresExtension.class)
final class PostgresKeyTableTest {
  private static final String NAME = "pond";
  private static final long PLENTY = 1L << 40;
  private static final int FIRST = 3;
  private static final int KV_HEADS = 2;
  private static final int SIZE = 8;
  private static final int LAYERS = 2;
  private static final int PASSAGES = 40;

  /** Half precision has eleven bits. */
  private static final double ROUNDING = 2e-3;

  private final Random random = new Random(7);
  private Database database;
  private PostgresMemory memory;
  private KeyTable table;
  private List<Passage> passages;
  private final Map<Long, float[][]> parts = new TreeMap<>();

  @BeforeEach
  void open(Database migrated) {
    database = migrated;
    memory = new PostgresMemory(database);
    table = new PostgresKeyTable(database, 1_000);
    PostgresLibrary library = new PostgresLibrary(database);
    await(library.delete(Workspace.ONLY, NAME).otherwiseEmpty());
    await(library.create(Workspace.ONLY, new NewCollection(NAME, "en", "tiny", 2)));
    await(
        library.put(
            Workspace.ONLY,
            NAME,
            new NewDocument("frogs", "frogs", "text/plain", null, ""),
            IntStream.range(0, PASSAGES)
                .mapToObj(
                    i ->
                        new NewPassage(
                            i, "part " + i, null, i, i + 1, "A", "A", new float[] {1, 0}))
                .toList()));
    await(memory.keep(Workspace.ONLY, NAME));
    passages = await(memory.passages(Workspace.ONLY, NAME, 0, PASSAGES));
  }

  @Test
  void isTheAttentionThatJavaComputes() {
    passages.forEach(passage -> keep(passage, 2 + random.nextInt(9)));
    for (int layer = 0; layer < LAYERS; layer++) {
      for (int kvHead = 0; kvHead < KV_HEADS; kvHead++) {
        Head head = head(layer, kvHead);
        float[] query = numbers(SIZE);

        Answer answer = attend(table, head, query, 1_000);

        Expected expected = new Expected(head, query);
        assertThat(answer.passages()).hasSize(PASSAGES);
        assertThat(answer.passages())
            .allSatisfy(
                passage ->
                    assertThat(passage.share())
                        .isCloseTo(expected.shares.get(passage.id()), within(ROUNDING)));
        assertThat(answer.passages().get(0).heading()).startsWith("part ");
        assertThat(answer.keys().stream().mapToDouble(KeyTable.Key::share).sum())
            .isCloseTo(1, within(1e-5));
        assertThat(answer.keys().get(0).share())
            .isGreaterThanOrEqualTo(answer.keys().get(1).share());
        for (int i = 0; i < SIZE; i++) {
          assertThat((double) answer.content()[i]).isCloseTo(expected.content[i], within(2e-2));
        }
      }
    }
  }

  @Test
  void knowsWhatWasKeptSinceAndWhatWentAway() {
    keep(passages.get(0), 4);
    Head head = head(1, 0);
    float[] query = numbers(SIZE);
    assertThat(attend(table, head, query, 99).keys()).hasSize(4);

    keep(passages.get(1), 5);
    assertThat(attend(table, head, query, 99).keys()).hasSize(9);
    KeyTable.Blocks blocks = await(table.blocks(Workspace.ONLY, NAME, head));
    assertThat(blocks).isEqualTo(new KeyTable.Blocks(blocks.collection(), 2, FIRST, 5, 9));

    await(
        database.query(
            "DELETE FROM passages WHERE id = $1",
            io.vertx.sqlclient.Tuple.of(passages.get(0).id())));
    assertThat(attend(table, head, query, 99).keys()).hasSize(5);
  }

  @Test
  void saysWhatIsMissingAndWhatIsTooMuch() {
    float[] query = numbers(SIZE);
    assertThatThrownBy(() -> attend(table, head(0, 0), query, 9))
        .hasMessageContaining("kvasir memory build pond");
    keep(passages.get(0), 11);
    assertThatThrownBy(() -> attend(new PostgresKeyTable(database, 10), head(0, 0), query, 9))
        .hasMessageContaining("memory.laid-keys: 10");
  }

  private static Answer attend(KeyTable table, Head head, float[] query, int most) {
    return await(
        table
            .blocks(Workspace.ONLY, NAME, head)
            .compose(blocks -> table.attend(blocks, head, query, most)));
  }

  /** What softmax over all keys gives. */
  private final class Expected {
    final Map<Long, Double> shares = new TreeMap<>();
    final double[] content = new double[SIZE];

    Expected(Head head, float[] query) {
      double all = 0;
      for (float[][] of : parts.values()) {
        for (double weight : weights(of, head, query)) {
          all += weight;
        }
      }
      for (Map.Entry<Long, float[][]> of : parts.entrySet()) {
        double[] weights = weights(of.getValue(), head, query);
        float[] values = of.getValue()[2 * head.layer() + 1];
        double share = 0;
        for (int token = 0; token < weights.length; token++) {
          share += weights[token] / all;
          for (int i = 0; i < SIZE; i++) {
            content[i] += weights[token] / all * values[at(head, weights.length, token, i)];
          }
        }
        shares.put(of.getKey(), share);
      }
    }

    private static double[] weights(float[][] of, Head head, float[] query) {
      float[] keys = of[2 * head.layer()];
      int tokens = keys.length / KV_HEADS / SIZE;
      return IntStream.range(0, tokens)
          .mapToDouble(
              token ->
                  Math.exp(
                      IntStream.range(0, SIZE)
                          .mapToDouble(i -> query[i] * keys[at(head, tokens, token, i)])
                          .sum()))
          .toArray();
    }

    private static int at(Head head, int tokens, int token, int i) {
      return (head.kvHead() * tokens + token) * SIZE + i;
    }
  }

  private void keep(Passage passage, int tokens) {
    int[] ids = IntStream.range(0, FIRST + tokens).map(i -> (int) passage.id() * 100 + i).toArray();
    float[][] numbers = new float[2 * LAYERS][];
    List<byte[]> content = new ArrayList<>();
    for (int part = 0; part < numbers.length; part++) {
      numbers[part] = numbers(KV_HEADS * tokens * SIZE);
      ByteBuffer bytes =
          ByteBuffer.allocate(numbers[part].length * Float.BYTES).order(ByteOrder.nativeOrder());
      bytes.asFloatBuffer().put(numbers[part]);
      content.add(bytes.array());
    }
    parts.put(passage.id(), numbers);
    RowsKey key = new RowsKey("decoder", AttentionPrecision.FLOAT32, ids, FIRST);
    assertThat(
            await(
                memory.write(
                    Workspace.ONLY,
                    NAME,
                    key,
                    new Source(Set.of(passage.documentId()), passage.id()),
                    new StoredRows(ids, FIRST, AttentionPrecision.FLOAT32, content),
                    PLENTY)))
        .isTrue();
  }

  private static Head head(int layer, int kvHead) {
    return new Head("decoder", AttentionPrecision.FLOAT32, layer, kvHead, KV_HEADS, SIZE);
  }

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}
