package io.kvasir.ingest;

import io.kvasir.retrieve.Library.NewPassage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What passages say in their document, by which corrections find them again. Of passages that say
 * the same, how many of those come before tells one from the other.
 */
final class PassageSources {
  private final List<String> sources;

  private PassageSources(List<String> sources) {
    this.sources = sources;
  }

  /** Those of passages in the order of their document. */
  static PassageSources of(String text, List<NewPassage> passages) {
    List<Span> spans = new ArrayList<>();
    passages.forEach(passage -> spans.add(new Span(passage.start(), passage.end())));
    return at(text, spans);
  }

  /** Those of stretches of a text, in its order. */
  static PassageSources at(String text, List<Span> spans) {
    return new PassageSources(spans.stream().map(span -> span.of(text)).toList());
  }

  String at(int place) {
    return sources.get(place);
  }

  /** How many of the same come before. */
  int occurrence(int place) {
    return Collections.frequency(sources.subList(0, place), sources.get(place));
  }

  /** The place of the one with so many of the same before it; -1 if there is none. */
  int find(String source, int occurrence) {
    int before = 0;
    for (int place = 0; place < sources.size(); place++) {
      if (sources.get(place).equals(source) && before++ == occurrence) {
        return place;
      }
    }
    return -1;
  }
}
