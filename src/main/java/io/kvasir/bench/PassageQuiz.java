package io.kvasir.bench;

import io.kvasir.core.Passage;
import io.kvasir.encode.Encoder;
import io.kvasir.evaluate.Bm25;
import io.kvasir.evaluate.dataset.Dataset;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import io.kvasir.evaluate.dataset.SourceDocument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A question with a few passages, of which one answers it; the others are those that share most
 * words with the question.
 *
 * @param id of the question
 * @param question the text
 * @param passages in the order in which they are read; the ids count from 1
 * @param gold the place of the one that answers
 * @param words how well each fits by BM25
 * @param meaning how well each fits by the encoder's cosine, as retrieval has it
 */
record PassageQuiz(
    String id,
    String question,
    List<Passage> passages,
    int gold,
    double[] words,
    double[] meaning) {

  /**
   * Quizzes of some questions.
   *
   * @param asked the questions
   * @param all the paragraphs that others are taken from
   * @param size passages of each
   * @param encoder what retrieval would search with
   */
  static List<PassageQuiz> of(Dataset asked, Dataset all, int size, Encoder encoder) {
    List<SourceDocument> paragraphs = all.documents();
    Bm25 index = new Bm25(paragraphs.stream().map(SourceDocument::text).toList());
    return asked.questions().stream()
        .map(question -> quiz(question, paragraphs, index.scores(question.text()), size, encoder))
        .toList();
  }

  private static PassageQuiz quiz(
      LabelledQuestion question,
      List<SourceDocument> paragraphs,
      double[] scores,
      int size,
      Encoder encoder) {
    String gold = Dataset.best(question);
    List<Integer> others =
        IntStream.range(0, scores.length)
            .boxed()
            .filter(each -> !paragraphs.get(each).id().equals(gold))
            .sorted(Comparator.comparingDouble(each -> -scores[each]))
            .limit(size - 1L)
            .toList();
    List<Integer> chosen = new ArrayList<>();
    IntStream.range(0, scores.length)
        .filter(each -> paragraphs.get(each).id().equals(gold))
        .forEach(chosen::add);
    chosen.addAll(others);
    List<Passage> passages = new ArrayList<>();
    for (int place : chosen) {
      passages.add(passage(passages.size() + 1, paragraphs.get(place)));
    }
    return new PassageQuiz(
        question.id(),
        question.text(),
        passages,
        0,
        chosen.stream().mapToDouble(place -> scores[place]).toArray(),
        cosines(question.text(), passages, encoder));
  }

  private static Passage passage(long id, SourceDocument from) {
    String text = from.text();
    return new Passage(
        id, id, from.title(), from.title(), 0, "", null, 0, text.length(), text, text);
  }

  private static double[] cosines(String question, List<Passage> passages, Encoder encoder) {
    float[] asked = encoder.encodeQuestion(question).toCompletableFuture().join();
    List<float[]> found =
        encoder
            .encodePassages(passages.stream().map(Passage::value).toList())
            .toCompletableFuture()
            .join();
    return found.stream().mapToDouble(each -> product(asked, each)).toArray();
  }

  private static double product(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  /** The same with the passages in another order; the same seed gives the same. */
  PassageQuiz shuffled(long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, passages.size()).boxed().toList());
    Collections.shuffle(order, new Random(seed * 1_000_003 + id.hashCode()));
    return new PassageQuiz(
        id,
        question,
        order.stream().map(passages::get).toList(),
        order.indexOf(gold),
        order.stream().mapToDouble(place -> words[place]).toArray(),
        order.stream().mapToDouble(place -> meaning[place]).toArray());
  }
}
