package io.kvasir.decoders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.PromptPart;
import io.kvasir.core.Sampling;
import io.kvasir.generate.BatchingGenerator;
import io.kvasir.generate.EngineOptions;
import io.kvasir.generate.GenerationEvent;
import io.kvasir.generate.GenerationRequest;
import io.kvasir.generate.Message;
import io.kvasir.gguf.TinyGguf;
import io.kvasir.models.Catalogue;
import io.kvasir.models.CatalogueEntry;
import io.kvasir.models.ModelStore;
import io.kvasir.onnx.OnnxDecoders;
import io.kvasir.onnx.Recorder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The memory that the page says a decoder takes is what it takes. */
@Tag("slow")
final class DecoderMemoryTest {
  private static final int SLOTS = 4;
  private static final int CONTEXT = 1_024;
  private static final int PERCENT = 15;

  @TempDir private Path folder;

  /** In a process of its own: in this one other tests have left memory that would be used again. */
  @ParameterizedTest
  @EnumSource(AttentionPrecision.class)
  void theEstimateIsWhatLoadingAndAnsweringAdds(AttentionPrecision attention) throws Exception {
    CatalogueEntry entry = Catalogue.shipped().decoders().get(0);
    assertThat(measuredApart(attention))
        .isCloseTo(
            new DecoderMemory(SLOTS, CONTEXT, attention).applyAsLong(entry),
            withinPercentage(PERCENT));
  }

  private long measuredApart(AttentionPrecision attention) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                DecoderMemoryTest.class.getName(),
                folder.toString(),
                attention.name())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return Long.parseLong(said.lines().reduce((first, last) -> last).orElseThrow());
  }

  /** Prints how many bytes this process has more, once a decoder is loaded and has answered. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Path shipped = Path.of("models");
    CatalogueEntry entry = Catalogue.shipped().decoders().get(0);
    Path exported =
        new ModelStore(
                folder.resolve("store"),
                shipped,
                Catalogue.shipped(),
                AttentionPrecision.valueOf(arguments[1]))
            .prepare(entry.name(), done -> {});
    EngineOptions options =
        EngineOptions.DEFAULTS
            .withThreads(2)
            .withCache(SLOTS, CONTEXT)
            .withQueue(8)
            .withPasses(128, 32)
            .withDeadline(Duration.ofMinutes(5));
    // What every decoder shares is there before: libraries, their threads, compiled code.
    try (BatchingGenerator tiny =
        OnnxDecoders.load(TinyGguf.export(folder.resolve("tiny"), "llama"), options)) {
      answer(tiny, "x ");
    }
    long before = resident();
    try (BatchingGenerator generator = OnnxDecoders.load(exported, options)) {
      // Of four questions alike one is read and copied, until every slot is all but full.
      answer(generator, "What is a virtual package? ".repeat(160));
      System.out.println(resident() - before);
    }
  }

  @Test
  void anImportedDecoderIsEstimatedLikeThatOfTheCatalogue() {
    CatalogueEntry entry = Catalogue.shipped().decoders().get(0);
    CatalogueEntry imported =
        new ModelStore(
                folder.resolve("store"), folder, new Catalogue(List.of(), Map.of(), List.of()))
            .importFile(Path.of("models").resolve(entry.file()), "own", done -> {});
    DecoderMemory memory = new DecoderMemory(SLOTS, CONTEXT, AttentionPrecision.FLOAT32);
    assertThat(imported.tokenBytes()).isEqualTo(entry.tokenBytes());
    assertThat(memory.applyAsLong(imported))
        .isCloseTo(memory.applyAsLong(entry), withinPercentage(PERCENT));
  }

  private static void answer(BatchingGenerator generator, String question) {
    Sampling sampling = Sampling.GREEDY.withMaxTokens(8);
    GenerationRequest request =
        new GenerationRequest(
            generator.prompt(
                List.of(Message.of(Message.Role.USER, PromptPart.Kind.QUESTION, question))),
            sampling,
            true);
    List<Recorder> recorders = Stream.generate(Recorder::new).limit(SLOTS).toList();
    generator.start(Collections.nCopies(SLOTS, request), recorders);
    recorders.forEach(
        recorder -> assertThat(recorder.awaitEnd().all(GenerationEvent.Finished.class)).hasSize(1));
  }

  /** Memory of this process that is there, after what Java no longer needs is given back. */
  private static long resident() throws IOException {
    System.gc();
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    throw new AssertionError("the kernel does not tell");
  }
}
