package io.kvasir.core;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything recorded of one contrast: one question, several paths, the same weights.
 *
 * @param version of this format; {@link #VERSION}
 * @param id a UUID
 * @param createdAt when it was asked
 * @param status how far it came
 * @param conversation shared by contrasts that follow one another; the first one's id
 * @param beside the contrast of that conversation whose question this answers otherwise; null if it
 *     asked a question of its own
 * @param question the user's text
 * @param collection the collection's name; null if only closed-book was asked
 * @param scope selectors as in {@link Scope}
 * @param model the decoder
 * @param encoder the encoder that ranked passages; null if there was no retrieval
 * @param style how much the answers were to say; null in traces from before there were styles
 * @param k the most passages that rag was asked to read; null where nobody said
 * @param sampling how tokens were chosen
 * @param watchedLayers the decoder's layers whose attention is averaged into every mass
 * @param searched the text that retrieval searched with; null if there was no retrieval
 * @param questionVector what is shown of the question's embedding; null if there was no retrieval
 * @param reranking what put the first hits in another order; null if nothing did
 * @param paths one for each path asked
 */
public record Trace(
    int version,
    String id,
    Instant createdAt,
    Status status,
    String conversation,
    @Nullable String beside,
    String question,
    @Nullable String collection,
    List<String> scope,
    Model model,
    @Nullable Encoder encoder,
    @Nullable AnswerStyle style,
    @Nullable Integer k,
    Sampling sampling,
    List<Integer> watchedLayers,
    @Nullable String searched,
    @Nullable QuestionVector questionVector,
    @Nullable Reranking reranking,
    List<PathTrace> paths) {
  /** The version this code writes. */
  public static final int VERSION = 2;

  /** The same contrast, further on. */
  public Trace with(Status now, List<PathTrace> done) {
    return new Trace(
        VERSION,
        id,
        createdAt,
        now,
        conversation,
        beside,
        question,
        collection,
        scope,
        model,
        encoder,
        style,
        k,
        sampling,
        watchedLayers,
        searched,
        questionVector,
        reranking,
        done);
  }

  /** The same contrast with what was found about one of its paths. */
  public Trace with(AnswerPath path, PathEvidence evidence) {
    return with(
        status, paths.stream().map(p -> p.path().equals(path) ? p.with(evidence) : p).toList());
  }

  /** What one of its paths did; none if it was not asked by that. */
  public Optional<PathTrace> path(AnswerPath name) {
    return paths.stream().filter(each -> each.path().equals(name)).findAny();
  }

  /** How far a contrast came. The wire name is the lower case name. */
  public enum Status {
    /** Still being answered. */
    RUNNING,
    /** Every path finished. */
    COMPLETE,
    /** Stopped by its reader, or because the reader left. */
    CANCELLED,
    /** At least one path failed. */
    FAILED;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * The decoder of a contrast.
   *
   * @param name as in the catalogue
   * @param checksum SHA-256 of the source weights
   * @param format the weight format it ran in, for example {@code int8-block32}
   */
  public record Model(String name, String checksum, String format) {}

  /**
   * The encoder of a contrast.
   *
   * @param name of the encoder
   * @param dimensions of its embeddings
   */
  public record Encoder(String name, int dimensions) {}

  /**
   * What put the first hits in another order than the fusion.
   *
   * @param by the reranker
   * @param candidates how many it looked at
   * @param milliseconds how long it took
   */
  public record Reranking(String by, int candidates, double milliseconds) {}

  /**
   * What is shown of a question's embedding.
   *
   * @param first its first components
   * @param norm its Euclidean length
   */
  public record QuestionVector(List<Float> first, double norm) {}
}
