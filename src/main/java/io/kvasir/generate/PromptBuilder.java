package io.kvasir.generate;

import io.kvasir.core.ProblemException;
import io.kvasir.core.PromptPart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tokenises a chat part by part, so that every token's origin is known. */
public final class PromptBuilder {
  private final ChatTemplate template;
  private final Tokenizer tokenizer;
  private final @Nullable Integer bosToken;

  /**
   * A builder.
   *
   * @param template renders chats
   * @param tokenizer of the decoder
   * @param bosToken every prompt begins with it, null if there is none
   */
  public PromptBuilder(ChatTemplate template, Tokenizer tokenizer, @Nullable Integer bosToken) {
    this.template = template;
    this.tokenizer = tokenizer;
    this.bosToken = bosToken;
  }

  /**
   * The prompt of a chat; its first token is the sink. What an assistant says at the end stands
   * behind the mark of its turn, open, so that the decoder goes on with it.
   *
   * @throws ProblemException INVALID if there is no message or the template refuses the chat
   */
  public Prompt build(List<Message> messages) {
    if (messages.isEmpty()) {
      throw new ProblemException(
          ProblemException.Kind.INVALID, "a chat needs at least one message; there is none");
    }
    int last = messages.size() - 1;
    boolean begun = last > 0 && messages.get(last).role() == Message.Role.ASSISTANT;
    Parts parts = new Parts();
    addTurns(parts, begun ? messages.subList(0, last) : messages);
    if (begun) {
      add(parts, messages.get(last));
    }
    return parts.prompt();
  }

  private void addTurns(Parts parts, List<Message> messages) {
    List<Message> taken = messages;
    List<ChatTemplate.Piece> pieces;
    try {
      pieces = render(messages);
    } catch (ProblemException refusal) {
      taken = withoutSystem(messages);
      if (taken.equals(messages)) {
        throw refusal;
      }
      pieces = render(taken);
    }
    if (!pieces.contains(new ChatTemplate.Piece.Content(0))) {
      taken = withoutSystem(messages);
      pieces = render(taken);
    }
    for (ChatTemplate.Piece piece : pieces) {
      if (piece instanceof ChatTemplate.Piece.Marks marks) {
        parts.add(
            PromptPart.Kind.TEMPLATE, null, marks.text(), tokenizer.encodeTemplate(marks.text()));
      } else if (piece instanceof ChatTemplate.Piece.Content content) {
        add(parts, taken.get(content.message()));
      }
    }
  }

  private List<ChatTemplate.Piece> render(List<Message> messages) {
    return template.render(messages.stream().map(Message::role).toList());
  }

  /**
   * Some templates refuse instructions and others leave them out in silence. Then the first user
   * says them, as the publishers of such decoders advise.
   */
  private static List<Message> withoutSystem(List<Message> messages) {
    if (messages.size() < 2
        || messages.get(0).role() != Message.Role.SYSTEM
        || messages.get(1).role() != Message.Role.USER) {
      return messages;
    }
    List<Message.Segment> segments = new ArrayList<>(messages.get(0).segments());
    segments.add(Message.Segment.of(PromptPart.Kind.INSTRUCTION, "\n\n"));
    segments.addAll(messages.get(1).segments());
    List<Message> folded = new ArrayList<>();
    folded.add(new Message(Message.Role.USER, segments));
    folded.addAll(messages.subList(2, messages.size()));
    return folded;
  }

  private void add(Parts parts, Message message) {
    for (Message.Segment segment : message.segments()) {
      parts.add(
          segment.kind(), segment.passageId(), segment.text(), tokenizer.encode(segment.text()));
    }
  }

  /** Tokens and their origins, as they accumulate. */
  private final class Parts {
    private final StringBuilder text = new StringBuilder();
    private final List<PromptPart> parts = new ArrayList<>();
    private int[] ids = new int[256];
    private int count;

    void add(PromptPart.Kind kind, @Nullable Long passageId, String words, int[] tokens) {
      if (count == 0 && bosToken != null && (tokens.length == 0 || tokens[0] != bosToken)) {
        append(PromptPart.Kind.TEMPLATE, null, new int[] {bosToken});
      }
      text.append(words);
      append(kind, passageId, tokens);
    }

    private void append(PromptPart.Kind kind, @Nullable Long passageId, int[] tokens) {
      if (tokens.length == 0) {
        return;
      }
      int rest = tokens.length;
      if (count == 0) {
        parts.add(new PromptPart(PromptPart.Kind.SINK, 1, null));
        rest--;
      }
      if (rest > 0) {
        PromptPart last = parts.get(parts.size() - 1);
        if (last.kind() == kind && java.util.Objects.equals(last.passageId(), passageId)) {
          parts.set(parts.size() - 1, new PromptPart(kind, last.tokens() + rest, passageId));
        } else {
          parts.add(new PromptPart(kind, rest, passageId));
        }
      }
      if (ids.length < count + tokens.length) {
        ids = Arrays.copyOf(ids, Math.max(2 * ids.length, count + tokens.length));
      }
      System.arraycopy(tokens, 0, ids, count, tokens.length);
      count += tokens.length;
    }

    Prompt prompt() {
      return new Prompt(Arrays.copyOf(ids, count), text.toString(), parts);
    }
  }
}
