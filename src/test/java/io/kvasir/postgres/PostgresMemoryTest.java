package io.kvasir.postgres;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.Passage;
import io.kvasir.core.Workspace;
import io.kvasir.generate.StoredRows;
import io.kvasir.memory.MemoryStore.Answer;
import io.kvasir.memory.MemoryStore.Source;
import io.kvasir.memory.MemoryStore.Status;
import io.kvasir.memory.RowsKey;
import io.kvasir.retrieve.Library.NewCollection;
import io.kvasir.retrieve.Library.NewDocument;
import io.kvasir.retrieve.Library.NewPassage;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows come back as they were written, or not at all. */
@ExtendWith(PostgresExtension.class)
final class PostgresMemoryTest {
  private static final String NAME = "pond";
  private static final long PLENTY = 1L << 40;
  private static final RowsKey KEY = key("decoder", 1);

  private Database database;
  private PostgresMemory memory;
  private long document;

  @BeforeEach
  void open(Database migrated) {
    database = migrated;
    memory = new PostgresMemory(database);
    PostgresLibrary library = new PostgresLibrary(database);
    await(library.delete(Workspace.ONLY, NAME).otherwiseEmpty());
    await(library.create(Workspace.ONLY, new NewCollection(NAME, "en", "tiny", 2)));
    document =
        await(
                library.put(
                    Workspace.ONLY,
                    NAME,
                    new NewDocument("frogs", "frogs", "text/plain", null, ""),
                    List.of(
                        new NewPassage(
                            0, "", null, 0, 1, "A frog.", "A frog.", new float[] {1, 0}))))
            .id();
    await(memory.keep(Workspace.ONLY, NAME));
  }

  @Test
  void comeBackAsTheyWereWritten() {
    StoredRows rows = rows(KEY, 11, 5_000);
    assertThat(write(KEY, rows, PLENTY)).isTrue();

    StoredRows found = rows(KEY).orElseThrow();
    assertThat(found.ids()).isEqualTo(KEY.ids());
    assertThat(found.parts())
        .usingElementComparator(java.util.Arrays::compare)
        .containsExactlyElementsOf(rows.parts());
    assertThat(await(memory.status(Workspace.ONLY, NAME)))
        .isEqualTo(new Status(true, 1, 0, KEY.ids().length, 11 * 5_000));
  }

  @Test
  void areThoseOfOneDecoderAndOfTheseTokens() {
    write(KEY, rows(KEY, 2, 10), PLENTY);

    assertThat(read(key("another", 1))).isInstanceOf(Answer.Missing.class);
    assertThat(read(key("decoder", 2))).isInstanceOf(Answer.Missing.class);
    change("UPDATE memory_entries SET ids[7] = ids[7] + 1");
    assertThat(read(KEY)).as("a checksum is not enough").isInstanceOf(Answer.Missing.class);
  }

  @Test
  void areForgottenWhenAPartIsNotWhatWasWritten() {
    write(KEY, rows(KEY, 9, 100), PLENTY);
    change(
        "UPDATE memory_parts SET content = set_byte(content, 50, 1 + get_byte(content, 50) % 200) WHERE part = 8");
    assertThat(rows(KEY)).isEmpty();
    assertThat(read(KEY)).isInstanceOf(Answer.Missing.class);

    write(KEY, rows(KEY, 9, 100), PLENTY);
    change("DELETE FROM memory_parts WHERE part = 3");
    assertThat(rows(KEY)).isEmpty();
  }

  @Test
  void goWithTheirDocument() {
    write(KEY, rows(KEY, 2, 10), PLENTY);
    change("DELETE FROM documents");
    assertThat(read(KEY)).isInstanceOf(Answer.Missing.class);
    assertThat(parts()).isZero();
  }

  @Test
  void areNotWrittenBehindTheirDocument() {
    assertThatThrownBy(
            () ->
                await(
                    memory.write(
                        Workspace.ONLY,
                        NAME,
                        KEY,
                        new Source(Set.of(-1L), null),
                        rows(KEY, 2, 10),
                        PLENTY)))
        .isInstanceOf(Exception.class);
    assertThat(read(KEY)).isInstanceOf(Answer.Missing.class);
    assertThat(parts()).as("nothing half").isZero();
  }

  @Test
  void makeRoomForNewerOnesByTheirLastUse() {
    RowsKey second = key("decoder", 2);
    RowsKey third = key("decoder", 3);
    write(KEY, rows(KEY, 2, 100), 500);
    write(second, rows(second, 2, 100), 500);
    assertThat(read(KEY)).isInstanceOf(Answer.Found.class);

    assertThat(write(third, rows(third, 2, 100), 500)).isTrue();

    assertThat(read(second)).as("not used for the longest time").isInstanceOf(Answer.Missing.class);
    assertThat(read(KEY)).isInstanceOf(Answer.Found.class);
    assertThat(read(third)).isInstanceOf(Answer.Found.class);
    RowsKey large = key("decoder", 4);
    assertThat(write(large, rows(large, 2, 251), 500)).as("more than all may take").isFalse();
    assertThat(read(third)).isInstanceOf(Answer.Found.class);
  }

  @Test
  void areNeitherReadNorWrittenOnceSwitchedOff() {
    write(KEY, rows(KEY, 2, 10), PLENTY);
    assertThat(await(memory.drop(Workspace.ONLY, NAME))).isEqualTo(new Status(false, 0, 0, 0, 0));
    assertThat(read(KEY)).isInstanceOf(Answer.Off.class);
    assertThat(write(KEY, rows(KEY, 2, 10), PLENTY)).isFalse();
    assertThat(parts()).isZero();
  }

  @Test
  void areWrittenOnceByWhoComesFirst() {
    List<Future<Boolean>> writers =
        Stream.generate(
                () ->
                    memory.write(
                        Workspace.ONLY,
                        NAME,
                        KEY,
                        new Source(Set.of(document), null),
                        rows(KEY, 9, 100),
                        PLENTY))
            .limit(4)
            .toList();
    await(Future.all(writers));
    assertThat(writers).extracting(Future::result).containsOnlyOnce(true);
    assertThat(read(KEY)).isInstanceOf(Answer.Found.class);
  }

  @Test
  void ofAPassageGoWithItAndDropNothing() {
    Passage passage = await(memory.passages(Workspace.ONLY, NAME, 0, 10)).get(0);
    assertThat(await(memory.passages(Workspace.ONLY, NAME, passage.id(), 10))).isEmpty();
    RowsKey key = new RowsKey("decoder", AttentionPrecision.FLOAT16, KEY.ids(), 40);
    write(KEY, rows(KEY, 2, 100), 500);
    assertThat(writeOf(passage.id(), key, 500)).isTrue();

    assertThat(rows(key).orElseThrow()).returns(40, StoredRows::first);
    assertThat(await(memory.status(Workspace.ONLY, NAME)))
        .isEqualTo(new Status(true, 2, 1, KEY.ids().length + KEY.ids().length - 40, 400));
    assertThat(read(new RowsKey("decoder", AttentionPrecision.FLOAT32, KEY.ids(), 40)))
        .as("another precision")
        .isInstanceOf(Answer.Missing.class);
    assertThat(read(new RowsKey("decoder", AttentionPrecision.FLOAT16, KEY.ids(), 41)))
        .as("other tokens of the same text")
        .isInstanceOf(Answer.Missing.class);

    RowsKey another = new RowsKey("decoder", AttentionPrecision.FLOAT16, KEY.ids(), 50);
    assertThatThrownBy(() -> writeOf(passage.id(), another, 500))
        .hasMessageContaining("memory.max-bytes");
    assertThat(read(another)).as("nothing half").isInstanceOf(Answer.Missing.class);
    assertThat(read(KEY)).isInstanceOf(Answer.Found.class);

    change("DELETE FROM passages");
    assertThat(read(key)).isInstanceOf(Answer.Missing.class);
    assertThat(writeOf(passage.id(), key, 500)).as("the passage is gone").isFalse();
  }

  private boolean writeOf(long passage, RowsKey key, long most) {
    return await(
        memory.write(
            Workspace.ONLY,
            NAME,
            key,
            new Source(Set.of(document), passage),
            rows(key, 2, 100),
            most));
  }

  private boolean write(RowsKey key, StoredRows rows, long most) {
    return await(
        memory.write(Workspace.ONLY, NAME, key, new Source(Set.of(document), null), rows, most));
  }

  private Answer read(RowsKey key) {
    return await(memory.find(Workspace.ONLY, NAME, key));
  }

  private Optional<StoredRows> rows(RowsKey key) {
    return await(memory.read((Answer.Found) read(key), key));
  }

  private void change(String statement) {
    await(database.query(statement, Tuple.tuple()));
  }

  private long parts() {
    return await(database.query("SELECT count(*) FROM memory_parts", Tuple.tuple()))
        .iterator()
        .next()
        .getLong(0);
  }

  private static RowsKey key(String decoder, int seed) {
    return new RowsKey(
        decoder, AttentionPrecision.FLOAT32, new Random(seed).ints(300, 0, 50_000).toArray(), 0);
  }

  private static StoredRows rows(RowsKey key, int parts, int bytes) {
    Random random = new Random(5);
    return new StoredRows(
        key.ids(),
        key.first(),
        key.precision(),
        IntStream.range(0, parts)
            .mapToObj(
                part -> {
                  byte[] content = new byte[bytes];
                  random.nextBytes(content);
                  return content;
                })
            .toList());
  }
}
