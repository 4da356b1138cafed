package io.kvasir.generate;

import io.kvasir.attend.Heads;
import io.kvasir.attend.MassProbe;
import io.kvasir.core.AttentionPrecision;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A loaded decoder that continues prompts. Safe to call from any thread; never blocks. */
public interface Generator {
  /**
   * What a decoder is.
   *
   * @param name as in the catalogue
   * @param weights what it computes with
   * @param context the most tokens of prompt and answer together
   * @param geometry sizes of its layers
   * @param watchedLayers the layers whose attention is averaged into every mass
   * @param bestHeads the heads that were detected to find passages, best first; empty if none were
   * @param languages BCP 47 codes it speaks
   */
  record Description(
      String name,
      Weights weights,
      int context,
      MassProbe.Geometry geometry,
      List<Integer> watchedLayers,
      List<Heads.Head> bestHeads,
      List<String> languages) {
    public Description {
      watchedLayers = List.copyOf(watchedLayers);
      bestHeads = List.copyOf(bestHeads);
      languages = List.copyOf(languages);
    }

    /** SHA-256 of the source weights, hexadecimal. */
    public String checksum() {
      return weights.checksum();
    }

    /** The format of the weights and of attention. */
    public String format() {
      return weights.format();
    }

    /** Number of layers. */
    public int layers() {
      return geometry.layers().size();
    }

    /** Query heads of a layer. */
    public int heads() {
      return geometry.heads();
    }
  }

  /**
   * What a decoder computes with.
   *
   * @param checksum SHA-256 of the source weights, hexadecimal
   * @param format of the weights, for example {@code int8-block32}, and of attention unless that is
   *     float32
   * @param exporter version of what made the graph
   * @param attention what keys and values are computed and cached in
   */
  record Weights(String checksum, String format, String exporter, AttentionPrecision attention) {
    /** What keys and values depend on beside the tokens: equal rows are of equal weights. */
    public String rows() {
      return "%s/%s/%s".formatted(checksum, format, exporter);
    }
  }

  /**
   * How busy a decoder is.
   *
   * @param running answers in its batch
   * @param waiting answers that wait for a slot
   * @param cacheUsage share of the tokens that its slots can hold that they hold, 0 to 1
   */
  record Load(int running, int waiting, double cacheUsage) {
    /** Nothing to do. */
    public static final Load IDLE = new Load(0, 0, 0);
  }

  /**
   * What is left to be read of some tokens, as of a moment ago.
   *
   * @param tokens that no slot remembers from the first on
   * @param seconds that reading them would take, alone; infinite before anything was read
   */
  record Unread(int tokens, double seconds) {}

  /** What this decoder is. */
  Description description();

  /** How busy it is, as of a moment ago. */
  Load load();

  /** What would have to be read of a prompt that begins with these tokens. */
  Unread unread(int[] ids);

  /** The number of tokens of a plain text. */
  int countTokens(String text);

  /** The tokens of a plain text. */
  int[] tokens(String text);

  /**
   * What each of some tokens adds to the text that they spell; empty while a character is
   * incomplete, the name of a mark of the template.
   */
  List<String> pieces(int[] ids);

  /**
   * Renders messages through the decoder's chat template and tokenises them part by part. An
   * assistant's message at the end is how the answer begins.
   */
  Prompt prompt(List<Message> messages);

  /**
   * Reads given tokens behind everything that is being answered. Cancelling the future, which
   * completes on the inference thread, cancels the reading.
   *
   * @return ln P(expected token | everything up to its row), in order
   * @throws io.kvasir.core.ProblemException BUSY if the queue is full, TOO_LONG if the tokens do
   *     not fit the context
   */
  CompletableFuture<double[]> read(ReadingRequest request);

  /**
   * Starts generations that enter the batch together; what their prompts begin with in common is
   * read once. Events come on the inference thread, in order; a sink must not block.
   *
   * @return one handle for each request, in order
   * @throws io.kvasir.core.ProblemException BUSY if the queue is full (none is started), TOO_LONG
   *     if a prompt does not fit the context
   */
  List<Generation> start(
      List<GenerationRequest> requests, List<? extends Consumer<GenerationEvent>> sinks);
}
