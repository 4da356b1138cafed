package io.kvasir.decoders;

import io.kvasir.generate.Generator;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Owns one decoder: deployed, it is loaded; undeployed, its generations have ended and its memory
 * is free. The decoder steps on a thread of its own; this verticle's event loop never waits for it.
 */
final class ModelVerticle extends VerticleBase {
  private final Callable<DecoderLoader.Loaded> opening;
  private DecoderLoader.@Nullable Loaded loaded;

  /**
   * A verticle for one decoder.
   *
   * @param opening prepares and loads it; blocks
   */
  ModelVerticle(Callable<DecoderLoader.Loaded> opening) {
    this.opening = opening;
  }

  @Override
  public Future<?> start() {
    return vertx
        .executeBlocking(opening, false)
        .onSuccess(
            opened -> {
              loaded = opened;
            });
  }

  /** The decoder; only once deployed. */
  Generator generator() {
    DecoderLoader.Loaded opened = loaded;
    if (opened == null) {
      throw new IllegalStateException("the decoder is not loaded");
    }
    return opened.generator();
  }

  @Override
  public Future<?> stop() {
    DecoderLoader.Loaded opened = loaded;
    return opened == null
        ? Future.succeededFuture()
        : vertx.executeBlocking(
            () -> {
              opened.close().run();
              return null;
            },
            false);
  }
}
