package io.kvasir.ingest;

import io.kvasir.core.ValueKind;
import io.kvasir.encode.Encoder;
import io.kvasir.ingest.Splitter.Piece;
import io.kvasir.ingest.format.LoadedDocument;
import io.kvasir.retrieve.Corrections.Correction;
import io.kvasir.retrieve.Corrections.Placed;
import io.kvasir.retrieve.Library.NewPassage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;

/** From a document's text to its passages with their vectors. Blocks its caller's thread. */
public final class DocumentPassages {
  /** The most passages handed to the encoder at once: a second or two of work. */
  static final int BATCH = 64;

  /** The most tokens of a passage, its heading aside, unless somebody says otherwise. */
  public static final int LENGTH = Splitter.MAX_TOKENS;

  /** What the most tokens can be at least. */
  public static final int SHORTEST = Splitter.MIN_TOKENS;

  private DocumentPassages() {}

  /** What the most tokens of a passage can be for an encoder at the most. */
  public static int longest(Encoder encoder) {
    return encoder.description().maxTokens() - Splitter.ENCODER_MARKS;
  }

  /** How its caller waits for the encoder. */
  public interface Wait {
    /** What the encoder brings. */
    List<float[]> on(CompletionStage<List<float[]>> encoding) throws InterruptedException;
  }

  /**
   * What is made of a document.
   *
   * @param most the most passages
   * @param length the most tokens of one, its heading aside
   * @param values of which kind
   */
  public record Options(int most, int length, ValueKind values) {}

  /**
   * The passages of a document.
   *
   * @param progress told how many are encoded
   * @throws io.kvasir.core.ProblemException TOO_LARGE if there are more
   */
  public static List<NewPassage> of(
      LoadedDocument document, Encoder encoder, Options options, Wait wait, IntConsumer progress)
      throws InterruptedException {
    PassageValues values = new PassageValues(options.values(), encoder, wait);
    List<Piece> pieces = new Splitter(encoder, options.most(), options.length()).split(document);
    List<NewPassage> passages = new ArrayList<>(pieces.size());
    for (int first = 0; first < pieces.size(); first += BATCH) {
      List<Piece> batch = pieces.subList(first, Math.min(first + BATCH, pieces.size()));
      List<float[]> embeddings =
          wait.on(encoder.encodePassages(batch.stream().map(Piece::key).toList()));
      List<String> batchValues = values.of(document.text(), batch, embeddings);
      for (int i = 0; i < batch.size(); i++) {
        passages.add(passage(passages.size(), batch.get(i), batchValues.get(i), embeddings.get(i)));
      }
      progress.accept(passages.size());
    }
    return passages;
  }

  /**
   * Passages with what was corrected by hand.
   *
   * @param passages as they are to be found
   * @param placed every correction, and the passage it belongs to as the document has it
   */
  record Corrected(List<NewPassage> passages, List<Placed> placed) {}

  /** The passages of a document of which some were corrected, as {@link #of} makes them. */
  static Corrected corrected(
      LoadedDocument document,
      Encoder encoder,
      Options options,
      List<Correction> corrections,
      Wait wait,
      IntConsumer progress)
      throws InterruptedException {
    List<NewPassage> read = of(document, encoder, options, wait, progress);
    if (corrections.isEmpty()) {
      return new Corrected(read, List.of());
    }
    PassageSources sources = PassageSources.of(document.text(), read);
    Splitter splitter = new Splitter(encoder, options.most(), options.length());
    List<NewPassage> passages = new ArrayList<>(read);
    List<Placed> placed = new ArrayList<>();
    for (Correction correction : corrections) {
      int place = sources.find(correction.source(), correction.occurrence());
      NewPassage own = place < 0 ? null : read.get(place);
      placed.add(new Placed(correction, own));
      if (own != null) {
        passages.remove(own);
        String text = correction.text();
        if (text != null) {
          String key = splitter.keyOf(own.heading(), text);
          passages.add(own.saying(key, text, wait.on(encoder.encodePassages(List.of(key))).get(0)));
        }
      }
    }
    passages.sort(Comparator.comparingInt(NewPassage::ordinal));
    return new Corrected(passages, placed);
  }

  private static NewPassage passage(int ordinal, Piece piece, String value, float[] embedding) {
    return new NewPassage(
        ordinal,
        piece.heading(),
        piece.page(),
        piece.span().start(),
        piece.span().end(),
        piece.key(),
        value,
        embedding);
  }
}
