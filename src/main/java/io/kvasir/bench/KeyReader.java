package io.kvasir.bench;

import io.kvasir.attend.MassProbe;
import io.kvasir.contrast.PromptWriter;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.Passage;
import io.kvasir.core.PromptPart;
import io.kvasir.evaluate.dataset.SourceDocument;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Prompt;
import io.kvasir.generate.ReadingRequest;
import java.util.Arrays;
import java.util.List;

/**
 * Reads passages without a question and questions without passages, each behind what every prompt
 * begins with. Blocks until the decoder is done.
 */
final class KeyReader {
  private static final int[] NOTHING = {};

  /** Stands where a prompt needs a question or a passage that is not read. */
  private static final SourceDocument ANY = new SourceDocument("", "N/A", "N/A");

  private final Generator generator;
  private final PromptWriter writer;
  private final MassProbe.Geometry geometry;

  KeyReader(Generator generator, String language) {
    this.generator = generator;
    this.writer = new PromptWriter(language, AnswerStyle.SHORT);
    this.geometry = generator.description().geometry();
  }

  /** The keys of a passage that stands alone behind the beginning. */
  PassageKeys keys(SourceDocument paragraph) {
    Prompt prompt = generator.prompt(writer.messages(List.of(passage(paragraph)), "N/A"));
    int begin = prompt.firstPassage();
    int end = begin + length(prompt);
    PassageKeys keys = PassageKeys.of(geometry, begin, end - begin);
    generator
        .read(
            new ReadingRequest(
                Arrays.copyOf(prompt.ids(), end), NOTHING, 1, rows -> keys.take(geometry, rows)))
        .join();
    return keys;
  }

  /** What a question asks for where no passage stands before it. */
  QuestionStates states(String question) {
    Prompt prompt = generator.prompt(writer.messages(List.of(passage(ANY)), question));
    int begin = prompt.firstPassage();
    int rows = prompt.ids().length - begin - length(prompt);
    int[] ids = Arrays.copyOf(prompt.ids(), begin + rows);
    System.arraycopy(prompt.ids(), begin + length(prompt), ids, begin, rows);
    QuestionStates states = QuestionStates.of(geometry, begin, rows);
    generator.read(new ReadingRequest(ids, NOTHING, rows, states::take)).join();
    return states;
  }

  private static Passage passage(SourceDocument from) {
    String text = from.text();
    return new Passage(1, 1, from.title(), from.title(), 0, "", null, 0, text.length(), text, text);
  }

  private static int length(Prompt prompt) {
    return prompt.parts().stream()
        .filter(part -> part.passageId() != null)
        .mapToInt(PromptPart::tokens)
        .sum();
  }
}
