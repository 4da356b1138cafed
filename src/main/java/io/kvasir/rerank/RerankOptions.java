package io.kvasir.rerank;

import io.kvasir.config.KnownSettings;
import io.kvasir.config.Setting;
import io.kvasir.config.Settings;
import io.kvasir.core.Hit;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.retrieve.Retriever;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What puts the best passages of a search in another order.
 *
 * @param standard what everybody gets; {@link Retriever#AS_FUSED} for nothing
 * @param candidates how many passages it looks at
 * @param crossEncoder the folder of one; empty if there is none
 */
public record RerankOptions(String standard, int candidates, Optional<Path> crossEncoder) {
  /** The most candidates: each costs a pass over its tokens. */
  public static final int MOST_CANDIDATES = 100;

  private static final Setting<String> RERANKER =
      Setting.text(
          "retrieve.reranker",
          Retriever.AS_FUSED,
          Pattern.compile("%s|%s|%s".formatted(Retriever.AS_FUSED, Hit.HEADS, Hit.CROSS_ENCODER)),
          "%s, %s or %s".formatted(Retriever.AS_FUSED, Hit.HEADS, Hit.CROSS_ENCODER),
          "What puts the first passages of a search in another order: the default decoder's heads"
              + " that `./kvasir heads detect` found, or the model of retrieve.cross-encoder.");

  private static final Setting<Integer> CANDIDATES =
      Setting.number(
          "retrieve.rerank", 10, 2, MOST_CANDIDATES, "How many passages the reranker looks at.");

  private static final Setting<String> CROSS_ENCODER =
      Setting.text(
          "retrieve.cross-encoder",
          "",
          "a folder",
          "A cross-encoder that scores pairs of a question and a passage: a folder with model.onnx"
              + " and tokenizer.json.");

  /** All of them. */
  public static final KnownSettings SETTINGS =
      KnownSettings.of(RERANKER, CANDIDATES, CROSS_ENCODER).checked(RerankOptions::requireTheModel);

  /** What is set. */
  public static RerankOptions of(Settings settings) {
    String folder = settings.value(CROSS_ENCODER);
    return new RerankOptions(
        settings.value(RERANKER),
        settings.value(CANDIDATES),
        folder.isEmpty() ? Optional.empty() : Optional.of(Path.of(folder)));
  }

  private static void requireTheModel(Settings settings) {
    if (settings.value(RERANKER).equals(Hit.CROSS_ENCODER)
        && settings.value(CROSS_ENCODER).isEmpty()) {
      throw new ProblemException(
          Kind.INVALID,
          "%s is %s, but there is none; set %s to its folder"
              .formatted(RERANKER.key(), Hit.CROSS_ENCODER, CROSS_ENCODER.key()));
    }
  }
}
