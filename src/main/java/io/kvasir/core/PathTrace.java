package io.kvasir.core;

import io.kvasir.core.Hit.Listed;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one path did.
 *
 * @param path which one
 * @param answer the generated text so far
 * @param finishReason {@code stop}, {@code length}, {@code repetition}, {@code cancelled} or {@code
 *     error}; null while running
 * @param error what went wrong, in words; null if nothing did
 * @param notice what the reader should know, for example that nothing relevant was found; null if
 *     nothing
 * @param prompt what was read; null before it is made
 * @param passages every passage that was retrieved or put into the prompt
 * @param tokens the answer's tokens
 * @param timings how long each step took
 * @param evidence what the passages were worth to the answer; null until somebody asks
 */
public record PathTrace(
    AnswerPath path,
    String answer,
    @Nullable String finishReason,
    @Nullable String error,
    @Nullable Notice notice,
    @Nullable PromptTrace prompt,
    List<PassageTrace> passages,
    List<TokenTrace> tokens,
    Timings timings,
    @Nullable PathEvidence evidence) {

  /** The same path with what was found about it. */
  public PathTrace with(PathEvidence found) {
    return new PathTrace(
        path, answer, finishReason, error, notice, prompt, passages, tokens, timings, found);
  }

  /** The same path, broken off by an error. */
  public PathTrace failed(String problem) {
    return new PathTrace(
        path, answer, "error", problem, notice, prompt, passages, tokens, timings, evidence);
  }

  /**
   * The prompt of a path.
   *
   * @param tokens its length
   * @param cachedTokens how many of them were already in the cache
   * @param budget the most tokens that passages could take; 0 where there are none
   * @param text the prompt as the decoder read it
   * @param ids the token ids
   * @param parts what it is made of, in order; the last is the answer
   * @param left how many passages of the scope did not fit
   * @param stored what became of its keys and values in the database; null if nobody looked
   */
  public record PromptTrace(
      int tokens,
      int cachedTokens,
      int budget,
      String text,
      int[] ids,
      List<PromptPart> parts,
      int left,
      @Nullable Stored stored) {
    /** A prompt whose rows nobody looked for in the database. */
    public PromptTrace(
        int tokens,
        int cachedTokens,
        int budget,
        String text,
        int[] ids,
        List<PromptPart> parts,
        int left) {
      this(tokens, cachedTokens, budget, text, ids, parts, left, null);
    }

    /** The same prompt as it was read. */
    public PromptTrace with(int cached, List<PromptPart> counted, @Nullable Stored found) {
      return new PromptTrace(tokens, cached, budget, text, ids, counted, left, found);
    }
  }

  /**
   * Keys and values of a prompt's documents in the database.
   *
   * @param outcome what became of them
   * @param tokens of the prompt that they stand for
   * @param bytes that were read
   * @param ms how long that took
   * @param placed the passages that they are of, where each was read apart; null where the prompt
   *     was read as a whole
   */
  public record Stored(
      Outcome outcome, int tokens, long bytes, double ms, @Nullable Placed placed) {
    /**
     * Passages that were read apart from one another.
     *
     * @param strategy what was done so that they stand in one prompt
     * @param passages ids of those that came from the database, in the prompt's order
     */
    public record Placed(String strategy, List<Long> passages) {
      public Placed {
        passages = List.copyOf(passages);
      }
    }

    /** What became of stored rows. The wire name is the lower case name. */
    public enum Outcome {
      /** They were read, and those tokens were not computed. */
      READ,
      /** Those of some passages were read; the other passages' tokens were computed. */
      PARTLY,
      /** The collection keeps none; the tokens were computed. */
      OFF,
      /** There were none; they are kept when the answer has ended. */
      MISSING,
      /** They were not what had been written; the tokens were computed. */
      BROKEN,
      /** Reading took too long; the tokens were computed. */
      LATE,
      /** The database did not answer; the tokens were computed. */
      AWAY,
      /** Too many were being read; the tokens were computed. */
      BUSY;

      @Override
      public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
      }
    }
  }

  /**
   * A passage and its three states, which are never merged.
   *
   * @param id the passage's id when the contrast ran
   * @param documentId the document's id when the contrast ran
   * @param document the document's name
   * @param title the document's title
   * @param heading the headings above it
   * @param page from 1; null for formats without pages
   * @param start offset of its first character in the document's text
   * @param end offset behind its last character
   * @param text the value, so that a trace survives the document
   * @param corrected whether somebody had changed that by hand; null in traces from before one
   *     could
   * @param retrieved where retrieval put it; null if it was not retrieved
   * @param used whether retrieval's rank decided that it is in the prompt
   * @param inPrompt where it stands in the prompt; null if it does not
   * @param attended what attention gave it over the whole answer; null if unwatched or not read
   */
  public record PassageTrace(
      long id,
      long documentId,
      String document,
      String title,
      String heading,
      @Nullable Integer page,
      int start,
      int end,
      String text,
      @Nullable Boolean corrected,
      @Nullable Retrieved retrieved,
      boolean used,
      @Nullable InPrompt inPrompt,
      @Nullable Attended attended) {
    /** The same passage with what attention gave it. */
    public PassageTrace withAttended(Attended given) {
      return new PassageTrace(
          id,
          documentId,
          document,
          title,
          heading,
          page,
          start,
          end,
          text,
          corrected,
          retrieved,
          used,
          inPrompt,
          given);
    }
  }

  /**
   * Retrieval's view of a passage.
   *
   * @param rank from 1
   * @param score fused; higher is better
   * @param dense its score in the list of that name, the cosine; null if it is not there
   * @param lexical its score in the list of that name, BM25; null if it is not there
   * @param lists where it stands in each list that has it; traces from before there were names have
   *     the two above
   */
  public record Retrieved(
      int rank,
      double score,
      @Nullable Double dense,
      @Nullable Double lexical,
      @Nullable Map<String, Listed> lists) {
    /** Reads a trace from before there were names. */
    public Retrieved {
      if (lists == null) {
        lists = new TreeMap<>();
        if (dense != null) {
          lists.put(Hit.DENSE, new Listed(dense, null));
        }
        if (lexical != null) {
          lists.put(Hit.LEXICAL, new Listed(lexical, null));
        }
      }
      lists = Collections.unmodifiableMap(lists);
    }

    /** That of a hit. */
    public static Retrieved of(Hit hit) {
      return new Retrieved(hit.rank(), hit.score(), hit.dense(), hit.lexical(), hit.lists());
    }
  }

  /**
   * A passage's place in the prompt.
   *
   * @param position its place among the passages there, from 1
   * @param tokens its length
   */
  public record InPrompt(int position, int tokens) {}

  /**
   * Attention's view of a passage, averaged over the answer's tokens.
   *
   * @param mass share of all attention, 0 to 1
   * @param lift mass over the passage's share of the prompt's tokens
   */
  public record Attended(double mass, double lift) {}

  /**
   * One generated token.
   *
   * @param id in the decoder's vocabulary
   * @param text what it added to the answer; may be empty while a character is incomplete
   * @param logprob natural logarithm of its probability under the unmodified distribution
   * @param ms milliseconds since the path's generation began
   * @param mass attention of the pass that produced it, in the order of the prompt's parts; adds up
   *     to 1; empty if unwatched
   */
  public record TokenTrace(int id, String text, double logprob, double ms, float[] mass) {}

  /**
   * How long a path's steps took, in milliseconds; null where a step was not reached.
   *
   * @param queueMs waiting for a slot
   * @param retrievalMs encoding the question and searching
   * @param prefillMs reading the prompt
   * @param firstTokenMs from the request to the first token
   * @param totalMs from the request to the last token
   */
  public record Timings(
      @Nullable Double queueMs,
      @Nullable Double retrievalMs,
      @Nullable Double prefillMs,
      @Nullable Double firstTokenMs,
      @Nullable Double totalMs) {
    /** Before anything happened. */
    public static final Timings NONE = new Timings(null, null, null, null, null);
  }
}
