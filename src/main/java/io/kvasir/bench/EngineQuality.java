package io.kvasir.bench;

import io.kvasir.core.ProblemException;
import io.kvasir.evaluate.dataset.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the peer's formats lose: the mean divergence of their next-token distributions from those of
 * the same weights in single precision, by {@code llama-perplexity}. Of Kvasir's own format {@code
 * bench quality} says the same.
 */
final class EngineQuality {
  private static final Pattern MEAN = Pattern.compile("Mean\\s+KLD:\\s*(-?[0-9.]+)");

  private final EnginePeer peer;
  private final Path work;
  private final int threads;

  /**
   * A measurement.
   *
   * @param peer its formats are measured
   * @param work a folder for what is compared, some hundred megabytes
   * @param threads of one pass
   */
  EngineQuality(EnginePeer peer, Path work, int threads) {
    this.peer = peer;
    this.work = work;
    this.threads = threads;
  }

  /** The divergence of each format over what {@code bench quality} reads. Blocks. */
  Map<EnginePeer.Format, Double> divergence(Dataset set) {
    Path text = work.resolve("quality.txt");
    Path base = work.resolve("quality.logits");
    try {
      Files.createDirectories(work);
      Files.writeString(text, QualityBench.text(set));
      perplexity(
          peer.quantised("F32"), List.of("-f", text.toString(), "--kl-divergence-base"), base);
      Map<EnginePeer.Format, Double> means = new EnumMap<>(EnginePeer.Format.class);
      for (EnginePeer.Format format : EnginePeer.Format.values()) {
        String output =
            perplexity(
                peer.weights(format), List.of("--kl-divergence", "--kl-divergence-base"), base);
        Matcher mean = MEAN.matcher(output);
        if (!mean.find()) {
          throw EnginePeer.failed("llama-perplexity", "it printed no divergence: " + output);
        }
        means.put(format, Double.parseDouble(mean.group(1)));
      }
      Files.delete(base);
      return means;
    } catch (IOException e) {
      throw new ProblemException(
          ProblemException.Kind.UNAVAILABLE, work + " cannot be written: " + e, e);
    }
  }

  private String perplexity(Path weights, List<String> what, Path base) {
    List<String> arguments = new ArrayList<>(List.of("-m", weights.toString()));
    arguments.addAll(what);
    arguments.add(base.toString());
    arguments.addAll(
        List.of("-c", Integer.toString(QualityBench.WINDOW), "-t", Integer.toString(threads)));
    return peer.run("llama-perplexity", arguments);
  }
}
