package io.kvasir.contrast;

import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.AnswerOpening;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.Passage;
import io.kvasir.core.PromptPart.Kind;
import io.kvasir.generate.Message;
import io.kvasir.generate.Message.Role;
import io.kvasir.generate.Message.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the messages of a prompt: instruction, worked example, earlier turns, passages, question.
 */
public final class PromptWriter {
  private final Wording wording;
  private final Wording.Request request;
  private final AnswerOpening opening;
  private final String end;

  /** A writer in the language of a collection, for answers of a style, of any decoder. */
  public PromptWriter(String language, AnswerStyle style) {
    this(language, style, AnswerDefaults.SAFE);
  }

  /** A writer that writes as it suits a decoder. */
  public PromptWriter(String language, AnswerStyle style, AnswerDefaults defaults) {
    this.end = defaults.blankLine() ? "\n\n" : "\n";
    this.opening = defaults.opening();
    this.wording = Wording.of(language);
    this.request = wording.request(style);
  }

  /** How an answer from passages begins; empty where the decoder begins it. */
  public String opening() {
    return request.opened() ? wording.words(opening) : "";
  }

  /** The words with which answers can have been begun, in every language. */
  public static List<String> openings() {
    return Wording.openings();
  }

  /**
   * An earlier question and what this path answered.
   *
   * @param question the user's words
   * @param answer the decoder's words
   */
  public record Exchange(String question, String answer) {}

  /** The text a passage takes in a prompt, for measuring it before it is put there. */
  String passageText(Passage passage) {
    return passageText(source(passage), passage.value().strip());
  }

  /**
   * A passage is tokenised by itself. Two line breaks at its end are one token then, which is what
   * some decoders know blank lines as, and what others hardly ever saw before a word.
   */
  private String passageText(String source, String value) {
    return wording.passage() + (source.isEmpty() ? "" : source + "\n") + value + end;
  }

  /** A title that is only the file's name again says nothing of what stands in the passage. */
  private static String source(Passage passage) {
    String heading = passage.heading();
    String title = passage.title().equals(passage.document()) ? "" : passage.title();
    return heading.isEmpty()
        ? title
        : heading.startsWith(title) ? heading : title + " › " + heading;
  }

  /** The messages of a question that nothing was said before. */
  public List<Message> messages(List<Passage> passages, String question) {
    return messages(new Dialogue("", List.of(), question, ""), passages);
  }

  /**
   * All messages of a prompt.
   *
   * @param passages in the order in which they are read; empty for closed-book
   */
  List<Message> messages(Dialogue said, List<Passage> passages) {
    List<Message> messages = new ArrayList<>();
    messages.add(instruction(said.instructions()));
    messages.add(
        Message.of(
            Role.USER,
            Kind.INSTRUCTION,
            passageText("", wording.examplePassage())
                + wording.asked(wording.exampleQuestion(), wording.shortAnswer())));
    messages.add(Message.of(Role.ASSISTANT, Kind.INSTRUCTION, wording.exampleAnswer()));
    for (Exchange exchange : said.history()) {
      messages.add(Message.of(Role.USER, Kind.QUESTION, earlierQuestion(exchange)));
      messages.add(Message.of(Role.ASSISTANT, Kind.ANSWER, exchange.answer()));
    }
    List<Segment> segments = new ArrayList<>();
    for (Passage passage : passages) {
      segments.add(new Segment(Kind.PASSAGE, passageText(passage), passage.id()));
    }
    segments.add(Segment.of(Kind.QUESTION, asked(said.question())));
    messages.add(new Message(Role.USER, segments));
    if (!said.opening().isEmpty()) {
      messages.add(Message.of(Role.ASSISTANT, Kind.ANSWER, said.opening()));
    }
    return messages;
  }

  /**
   * Whoever asks speaks after us, so that their words win where ours say something else, and before
   * every document, in a message that no document is in: what a document says can then be neither
   * taken for an instruction of theirs, nor their instruction for a part of it.
   */
  private Message instruction(String theirs) {
    return Message.of(
        Role.SYSTEM,
        Kind.INSTRUCTION,
        theirs.isEmpty() ? wording.instruction() : wording.instruction() + "\n\n" + theirs);
  }

  private String asked(String question) {
    return wording.asked(question, request);
  }

  /** Empty where the assistant spoke first, which nobody asked it to. */
  private String earlierQuestion(Exchange exchange) {
    return exchange.question().isEmpty() ? "" : asked(exchange.question());
  }
}
