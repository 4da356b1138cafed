package io.kvasir.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.encode.DeferredEncoder;
import io.kvasir.encode.Encoder;
import io.kvasir.encode.EncoderModel;
import io.kvasir.generate.BatchingGenerator;
import io.kvasir.generate.EngineOptions;
import io.kvasir.gguf.TinyGguf;
import io.kvasir.models.Catalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model that is closed while others use it takes nobody with it: native memory that is freed
 * under a call ends the process, and with it these tests.
 */
@Tag("slow")
final class ClosingModelsTest {
  private static final EncoderModel MODEL = Catalogue.shipped().encoder("en");
  private static final String LONG = "the kernel reads packages from mirrors. ".repeat(2_000);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void whoeverWaitsForAnEncoderThatIsClosedIsTold() {
    Encoder encoder = OnnxEncoder.open(MODEL, 1);
    List<CompletableFuture<?>> asked = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      asked.add(encoder.encodePassages(List.of(LONG, LONG, LONG)).toCompletableFuture());
      asked.add(encoder.encodeQuestion("Which? " + i).toCompletableFuture());
    }

    encoder.close();

    assertThat(asked).allSatisfy(ClosingModelsTest::isAnsweredOrUnavailable);
    assertThat(asked).last().satisfies(last -> assertThat(last).isCompletedExceptionally());
    isAnsweredOrUnavailable(encoder.encodeQuestion("Later?").toCompletableFuture());
    encoder.close();
  }

  @Test
  void countingTokensOutlivesItsEncoder() throws Exception {
    Encoder encoder = OnnxEncoder.open(MODEL, 1);
    outlives(encoder::countTokens, encoder::close);
  }

  @Test
  void countingTokensOutlivesItsDecoder(@TempDir Path folder) throws Exception {
    BatchingGenerator decoder =
        OnnxDecoders.load(
            TinyGguf.export(folder, "llama"),
            EngineOptions.DEFAULTS.withThreads(1).withCache(1, 512));
    outlives(decoder::countTokens, decoder::close);
  }

  @Test
  void anEncoderThatIsClosedIsNotLoadedAgain() {
    Encoder deferred =
        new DeferredEncoder(
            MODEL.description(),
            () -> {
              throw new AssertionError("nothing is loaded behind the end");
            });
    deferred.close();

    isAnsweredOrUnavailable(deferred.encodeQuestion("Which?").toCompletableFuture());
    assertThatThrownBy(() -> deferred.countTokens("one")).satisfies(ClosingModelsTest::unavailable);
  }

  /** Several threads count without a pause, the model is closed, and each of them hears of it. */
  private static void outlives(ToIntFunction<String> count, Runnable close) throws Exception {
    CountDownLatch counting = new CountDownLatch(3);
    List<CompletableFuture<Throwable>> ends =
        IntStream.range(0, 3)
            .mapToObj(number -> CompletableFuture.supplyAsync(() -> end(count, counting)))
            .toList();
    assertThat(counting.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

    close.run();

    for (CompletableFuture<Throwable> end : ends) {
      unavailable(end.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }
  }

  private static Throwable end(ToIntFunction<String> count, CountDownLatch counting) {
    while (true) {
      try {
        assertThat(count.applyAsInt(LONG)).isPositive();
        counting.countDown();
      } catch (RuntimeException refused) {
        return refused;
      }
    }
  }

  private static void isAnsweredOrUnavailable(CompletionStage<?> asked) {
    try {
      assertThat(asked.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .isNotNull();
    } catch (ExecutionException refused) {
      unavailable(refused.getCause());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void unavailable(Throwable refused) {
    assertThat(refused)
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.kind()).isEqualTo(Kind.UNAVAILABLE));
  }
}
