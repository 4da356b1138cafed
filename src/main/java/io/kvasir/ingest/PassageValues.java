package io.kvasir.ingest;

import io.kvasir.core.ValueKind;
import io.kvasir.encode.Encoder;
import io.kvasir.encode.SearchForm;
import io.kvasir.ingest.DocumentPassages.Wait;
import io.kvasir.ingest.Splitter.Piece;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes the values of passages, of whichever kind a collection has. A summary is extractive: of the
 * sentences those nearest to the passage's own vector, in their order, as far as they take up a
 * third of it (the centroid method of Radev et al. 2004, with embeddings as in Rossiello et al.
 * 2017). Blocks its caller's thread.
 */
final class PassageValues {
  /** A summary has at most one in so many of its passage's characters, but a sentence at least. */
  static final int SUMMARY_SHARE = 3;

  private final ValueKind kind;
  private final Encoder encoder;
  private final Wait wait;

  PassageValues(ValueKind kind, Encoder encoder, Wait wait) {
    this.kind = kind;
    this.encoder = encoder;
    this.wait = wait;
  }

  /**
   * The values of pieces of a text, in order.
   *
   * @param embeddings of their keys
   */
  List<String> of(String text, List<Piece> pieces, List<float[]> embeddings)
      throws InterruptedException {
    List<String> values = new ArrayList<>(pieces.size());
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      values.add(
          switch (kind) {
            case RAW -> piece.span().of(text);
            case SUMMARY -> summary(text, piece.span(), embeddings.get(i));
            case FIELDS -> piece.fields().isEmpty() ? piece.span().of(text) : piece.fields();
          });
    }
    return values;
  }

  private String summary(String text, Span passage, float[] embedding) throws InterruptedException {
    List<Span> sentences = Sentences.in(text, passage);
    if (sentences.size() < 2) {
      return passage.of(text);
    }
    List<float[]> vectors =
        wait.on(
            encoder.encodePassages(
                sentences.stream().map(sentence -> SearchForm.of(sentence.of(text))).toList()));
    List<Integer> nearest =
        IntStream.range(0, sentences.size())
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -product(vectors.get(i), embedding)))
            .toList();
    List<Span> chosen = new ArrayList<>();
    int room = passage.length() / SUMMARY_SHARE;
    for (int place : nearest) {
      Span sentence = sentences.get(place);
      if (chosen.isEmpty() || sentence.length() <= room) {
        chosen.add(sentence);
        room -= sentence.length();
      }
    }
    return chosen.stream()
        .sorted(Comparator.comparingInt(Span::start))
        .map(sentence -> sentence.of(text))
        .collect(Collectors.joining(" "));
  }

  private static double product(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (double) one[i] * other[i];
    }
    return sum;
  }
}
