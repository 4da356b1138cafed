package io.kvasir.bench;

import io.kvasir.encode.Encoder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Vectors of passages: encoded for real up to a number of them, and further ones drawn around
 * those, at a cosine of some .89, which is near enough to keep the density of real ones.
 */
final class ScaleVectors {
  /** How long what is added is, against the real vector. */
  private static final double JITTER = 0.5;

  private final Encoder encoder;
  private final int encoded;
  private final long seed;
  private final List<float[]> real = new ArrayList<>();

  ScaleVectors(Encoder encoder, int encoded, long seed) {
    this.encoder = encoder;
    this.encoded = encoded;
    this.seed = seed;
  }

  /** The vectors of the next passages; those of real ones are kept. Blocks. */
  List<float[]> next(int first, List<String> passages) {
    if (first < encoded) {
      List<float[]> vectors = encode(passages);
      real.addAll(vectors);
      return vectors;
    }
    List<float[]> drawn = new ArrayList<>();
    for (int i = 0; i < passages.size(); i++) {
      drawn.add(around(new SplittableRandom(seed * 1_000_003 + first + i)));
    }
    return drawn;
  }

  /** What the encoder makes of passages, and nothing kept. Blocks. */
  List<float[]> encode(List<String> passages) {
    return encoder.encodePassages(passages).toCompletableFuture().join();
  }

  private float[] around(SplittableRandom random) {
    float[] from = real.get(random.nextInt(real.size()));
    float[] drawn = new float[from.length];
    double squares = 0;
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = (float) (from[i] + JITTER * random.nextGaussian() / Math.sqrt(drawn.length));
      squares += drawn[i] * drawn[i];
    }
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] /= (float) Math.sqrt(squares);
    }
    return drawn;
  }
}
