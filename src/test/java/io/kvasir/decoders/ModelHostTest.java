package io.kvasir.decoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.AnswerOpening;
import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.DecoderAnswers;
import io.kvasir.core.DecoderAnswers.Source;
import io.kvasir.core.ProblemException;
import io.kvasir.generate.Generators;
import io.kvasir.generate.ScriptedGenerator;
import io.kvasir.models.CatalogueEntry;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ModelHostTest {
  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger closed = new AtomicInteger();
  private final AtomicBoolean full = new AtomicBoolean();
  private final CountDownLatch slow = new CountDownLatch(1);
  private final Set<String> here = ConcurrentHashMap.newKeySet();
  private final Set<String> imported = ConcurrentHashMap.newKeySet();
  private final Map<String, DecoderAnswers> tuned = new ConcurrentHashMap<>();
  private final Files files = new Files();
  private final ModelHost host =
      new ModelHost(
          vertx,
          files,
          folder -> {
            if (folder.endsWith("broken")) {
              throw new ProblemException(ProblemException.Kind.INVALID, "manifest says 3 layers");
            }
            return new DecoderLoader.Loaded(
                new ScriptedGenerator(100, "x"), closed::incrementAndGet);
          },
          new DecoderMemory(3, 50, AttentionPrecision.FLOAT32),
          () -> 1_000,
          "good");

  @AfterEach
  void stop() throws Exception {
    slow.countDown();
    await(vertx.close().toCompletionStage());
  }

  @Test
  void aLoadedDecoderAnswersAndAnUnloadedOneSaysWhatToDo() throws Exception {
    assertThat(await(host.load("good")).state()).isEqualTo(Generators.State.LOADED);
    assertThat(host.loaded(null).description().name()).isEqualTo("scripted");

    await(host.unload("good"));

    assertThat(closed).hasValue(1);
    assertThatThrownBy(() -> host.loaded(null))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("installed")
        .hasMessageContaining("load it");
  }

  @Test
  void aFileThatIsTakenInIsSeenOnItsWayAndThenLoaded() throws Exception {
    Generators.Importing importing = await(host.importFile(Path.of("x"), "mine.gguf"));
    assertThat(importing.name()).isEqualTo("mine");
    while (host.list().stream().noneMatch(status -> Objects.equals(status.progress(), 0.25))) {
      Thread.sleep(5);
    }
    assertThat(host.list())
        .filteredOn(status -> status.name().equals("mine"))
        .extracting(Generators.Status::state, Generators.Status::progress)
        .containsExactly(tuple(Generators.State.PULLING, 0.25));
    assertThatThrownBy(() -> await(host.importFile(Path.of("y"), "good.gguf")))
        .rootCause()
        .hasMessageContaining("give the file another name");
    slow.countDown();
    assertThat(await(importing.end()).state()).isEqualTo(Generators.State.INSTALLED);
    assertThat(await(host.load("mine")).state()).isEqualTo(Generators.State.LOADED);
    assertThat(host.freeMemory()).isEqualTo(1_000);
    assertThatThrownBy(() -> await(await(host.importFile(Path.of("z"), "cut.gguf")).end()))
        .rootCause()
        .hasMessageContaining("tensor 3 is cut");
    assertThat(host.list())
        .filteredOn(status -> status.name().equals("cut"))
        .extracting(Generators.Status::message)
        .containsExactly("tensor 3 is cut");
  }

  @Test
  void aDecoderThatWouldNotFitIsRefusedWithBothFigures() {
    assertThatThrownBy(() -> await(host.load("huge")))
        .rootCause()
        .hasMessageContaining("huge needs about")
        .hasMessageContaining("are free");
  }

  @Test
  void keysAndValuesCountToo() throws Exception {
    // 3 slots of 50 tokens with 2 bytes each.
    assertThatThrownBy(() -> await(host.load("tight")))
        .rootCause()
        .hasMessageContaining("tight needs about")
        .hasMessageContaining("engine.slots");
    assertThat(host.list())
        .filteredOn(status -> List.of("good", "tight").contains(status.name()))
        .extracting(Generators.Status::memoryBytes)
        .containsExactly(310L, 1_100L);
  }

  @Test
  void aDecoderThatCannotBeOpenedSaysWhyInTheListAndWhenAsked() {
    assertThatThrownBy(() -> await(host.load("broken")))
        .rootCause()
        .hasMessageContaining("manifest says 3 layers");
    assertThat(host.list())
        .anySatisfy(
            status -> {
              assertThat(status.state()).isEqualTo(Generators.State.FAILED);
              assertThat(status.message()).contains("manifest says 3 layers");
            });
    assertThatThrownBy(() -> host.loaded("broken"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("broken could not be loaded")
        .hasMessageContaining("manifest says 3 layers");
  }

  @Test
  void twoPullsOfOneDecoderDoNotRunAtATime() {
    CompletionStage<Generators.Status> first = host.pull("far");

    assertThatThrownBy(() -> await(host.pull("far"))).rootCause().hasMessageContaining("already");
    slow.countDown();
    assertThat(first.toCompletableFuture().join().state()).isEqualTo(Generators.State.INSTALLED);
  }

  @Test
  void weightsThatAnotherProcessBroughtAreFound() throws Exception {
    here.add("far");
    imported.add("own");

    assertThat(await(host.refreshed()))
        .filteredOn(status -> List.of("far", "own").contains(status.name()))
        .extracting(Generators.Status::state)
        .containsExactly(Generators.State.INSTALLED, Generators.State.INSTALLED);
    await(host.load("own"));
    assertThat(host.loaded("own")).isNotNull();
  }

  @Test
  void whatThereIsTooLittleOfIsKnownBeforeAnythingIsFetched() throws Exception {
    assertThat(lacks("good")).isNull();
    assertThat(lacks("huge")).isEqualTo(Generators.Lack.MEMORY);
    assertThat(lacks("far")).isNull();
    full.set(true);
    assertThat(lacks("far")).isEqualTo(Generators.Lack.DISK);
    assertThat(lacks("good")).as("is on disk already").isNull();
  }

  private Generators.@Nullable Lack lacks(String name) throws Exception {
    return await(host.refreshed()).stream()
        .filter(status -> status.name().equals(name))
        .findFirst()
        .orElseThrow()
        .lacks();
  }

  @Test
  void whatWasMeasuredOfADecoderHoldsFromTheNextQuestionOn() throws Exception {
    AnswerDefaults measured = new AnswerDefaults(2, 0.9, true, false, AnswerOpening.NONE, 1);
    assertThat(host.answers("good")).isEqualTo(AnswerDefaults.SAFE);

    assertThat(await(host.keepAnswers("good", measured, "60 questions")).answers())
        .isEqualTo(new DecoderAnswers(Source.TUNED, measured));

    assertThat(host.answers("good")).isEqualTo(measured);
    assertThat(host.answers("far")).isEqualTo(AnswerDefaults.SAFE);
    assertThatThrownBy(() -> await(host.keepAnswers("goood", measured, "60 questions")))
        .hasMessageContaining("did you mean");
  }

  @Test
  void anUnknownNameGetsTheNearestKnownOne() {
    assertThatThrownBy(() -> host.loaded("goood")).hasMessageContaining("did you mean \"good\"");
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  /** Four decoders that are here and one that is not. */
  private final class Files implements DecoderFiles {
    @Override
    public List<CatalogueEntry> entries() {
      return Stream.concat(
              Stream.of(
                  entry("good", 10),
                  entry("tight", 800),
                  entry("huge", 10_000),
                  entry("broken", 10),
                  entry("far", 1)),
              imported.stream().map(name -> entry(name, 10)))
          .toList();
    }

    private static CatalogueEntry entry(String name, long memory) {
      return new CatalogueEntry(
          name,
          name,
          List.of("en"),
          "Apache-2.0",
          1,
          "1".repeat(64),
          null,
          name + ".gguf",
          100,
          memory,
          2,
          false);
    }

    @Override
    public boolean installed(String name) {
      return !name.equals("far") || here.contains(name);
    }

    @Override
    public boolean hasRoom(String name) {
      return !full.get();
    }

    @Override
    public Path prepare(String name, DoubleConsumer progress) {
      return Path.of(name);
    }

    @Override
    public void pull(String name, DoubleConsumer progress) {
      try {
        slow.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public CatalogueEntry describe(Path file, String name) {
      String own = name.replace(".gguf", "");
      return new CatalogueEntry(
          own, own, List.of(), "MIT", 1, "0".repeat(64), null, own + ".gguf", 100, 0, 0, false);
    }

    @Override
    public CatalogueEntry take(Path file, String name, DoubleConsumer progress) {
      progress.accept(0.25);
      pull(name, progress);
      if (name.equals("cut")) {
        throw new ProblemException(ProblemException.Kind.INVALID, "tensor 3 is cut");
      }
      imported.add(name);
      return entry(name, 10);
    }

    @Override
    public DecoderAnswers answers(CatalogueEntry entry) {
      return tuned.getOrDefault(entry.name(), new DecoderAnswers(Source.SAFE, AnswerDefaults.SAFE));
    }

    @Override
    public void keepAnswers(CatalogueEntry entry, AnswerDefaults answers, String measured) {
      tuned.put(entry.name(), new DecoderAnswers(Source.TUNED, answers));
    }
  }
}
