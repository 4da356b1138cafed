package io.kvasir.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.ProblemException;
import io.kvasir.models.Catalogue;
import io.kvasir.onnx.OnnxEncoder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An encoder that nobody uses is not loaded, and one that somebody uses is loaded once. */
@Tag("slow")
final class DeferredEncoderTest {
  private static final EncoderModel MODEL = Catalogue.shipped().encoder("en");

  private final AtomicInteger loads = new AtomicInteger();

  private Encoder load() {
    loads.incrementAndGet();
    return OnnxEncoder.open(MODEL, 1);
  }

  @Test
  void itIsLoadedWhenItIsUsedAndThenIsTheSameEncoder() {
    try (Encoder direct = OnnxEncoder.open(MODEL, 1);
        Encoder deferred = new DeferredEncoder(MODEL.description(), this::load)) {
      assertThat(deferred.description()).isEqualTo(direct.description());
      assertThat(loads).hasValue(0);

      assertThat(deferred.encodeQuestion("Which?").toCompletableFuture().join())
          .isEqualTo(direct.encodeQuestion("Which?").toCompletableFuture().join());
      assertThat(deferred.encodePassages(List.of("a", "b")).toCompletableFuture().join())
          .hasSize(2);
      assertThat(deferred.encodeTokens(List.of(new int[] {7})).toCompletableFuture().join())
          .hasSize(1);
      assertThat(deferred.countTokens("one two")).isEqualTo(direct.countTokens("one two"));
      assertThat(deferred.vocabulary()).isEqualTo(direct.vocabulary());
      assertThat(loads).hasValue(1);
    }
  }

  @Test
  void closingOneThatNobodyUsedLoadsNothing() {
    new DeferredEncoder(MODEL.description(), this::load).close();
    assertThat(loads).hasValue(0);
  }

  @Test
  void whatCannotBeLoadedSaysSoAndIsTriedAgain() {
    try (Encoder deferred =
        new DeferredEncoder(
            MODEL.description(),
            () -> {
              if (loads.getAndIncrement() < 2) {
                throw new ProblemException(ProblemException.Kind.UNAVAILABLE, "no memory");
              }
              return load();
            })) {
      assertThatThrownBy(() -> deferred.countTokens("one")).hasMessage("no memory");
      assertThat(deferred.encodeQuestion("Which?"))
          .failsWithin(Duration.ofSeconds(60))
          .withThrowableOfType(ExecutionException.class)
          .havingCause()
          .isInstanceOf(ProblemException.class);
      assertThat(deferred.countTokens("one")).isPositive();
    }
  }
}
