package io.kvasir.evaluate.dataset;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A question of which is known what answers it.
 *
 * @param id tells it from the others of its dataset
 * @param text what is asked
 * @param answers gold answers; none where only documents are judged, or nothing answers it
 * @param answerable whether the documents answer it
 * @param relevant grades above 0 by the id of the document, as judged; where nothing answers it,
 *     the document that seems to
 */
public record LabelledQuestion(
    String id,
    String text,
    List<String> answers,
    boolean answerable,
    Map<String, Integer> relevant) {
  public LabelledQuestion {
    answers = List.copyOf(answers);
    relevant = Collections.unmodifiableMap(new LinkedHashMap<>(relevant));
  }
}
