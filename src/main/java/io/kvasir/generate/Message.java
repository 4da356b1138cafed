package io.kvasir.generate;

import io.kvasir.core.PromptPart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of a chat, made of segments whose origin is kept.
 *
 * @param role who speaks
 * @param segments its content, in order
 */
public record Message(Role role, List<Segment> segments) {
  /** Who speaks. The wire name is the lower case name. */
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * A stretch of a message with one origin.
   *
   * @param kind where it comes from
   * @param text its words; never read as the template's own marks
   * @param passageId the passage it shows; null for other kinds
   */
  public record Segment(PromptPart.Kind kind, String text, @Nullable Long passageId) {
    /** A segment that is no passage. */
    public static Segment of(PromptPart.Kind kind, String text) {
      return new Segment(kind, text, null);
    }
  }

  public Message {
    segments = List.copyOf(segments);
  }

  /** A message of one segment. */
  public static Message of(Role role, PromptPart.Kind kind, String text) {
    return new Message(role, List.of(Segment.of(kind, text)));
  }

  /** The whole content. */
  public String text() {
    return String.join("", segments.stream().map(Segment::text).toList());
  }
}
