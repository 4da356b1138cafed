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
   * The prompt of a chat; its first token is the sink.
   *
   * @throws ProblemException INVALID if there is no message or the template refuses the chat
   */
  public Prompt build(List<Message> messages) {
    if (messages.isEmpty()) {
      throw new ProblemException(
          ProblemException.Kind.INVALID, "a chat needs at least one message; there is none");
    }
    Parts parts = new Parts();
    for (ChatTemplate.Piece piece :
        template.render(messages.stream().map(Message::role).toList())) {
      if (piece instanceof ChatTemplate.Piece.Marks marks) {
        parts.add(
            PromptPart.Kind.TEMPLATE, null, marks.text(), tokenizer.encodeTemplate(marks.text()));
      } else if (piece instanceof ChatTemplate.Piece.Content content) {
        for (Message.Segment segment : messages.get(content.message()).segments()) {
          parts.add(
              segment.kind(),
              segment.passageId(),
              segment.text(),
              tokenizer.encode(segment.text()));
        }
      }
    }
    return parts.prompt();
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
