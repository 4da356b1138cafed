package io.kvasir.generate;

import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.interpret.errorcategory.BasicTemplateErrorCategory;
import io.kvasir.core.ProblemException;
import io.kvasir.weights.ModelManifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A decoder's chat template. It is rendered around placeholders, so that what people and documents
 * say never passes through it: it can neither run as template nor pose as one of its marks.
 */
public final class ChatTemplate {
  /** How often a rendering may have the content of one message. */
  static final int MAX_REPEATS = 4;

  /** Brackets within brackets; Jinjava's parser looks ahead at each. */
  static final int MAX_BRACKETS = 32;

  private static final Pattern PLACEHOLDER = Pattern.compile("\uE000(\\d{1,9})\uE001");

  /** A stretch of a rendered chat. */
  public sealed interface Piece {
    /** The template's own text, marks included. */
    record Marks(String text) implements Piece {}

    /** The content of a message, by its place in the chat. */
    record Content(int message) implements Piece {}
  }

  private final TemplateEngine engine = new TemplateEngine();
  private final TemplateThread thread = new TemplateThread();
  private final String source;
  private final Map<String, String> tokens;

  /**
   * A template.
   *
   * @param source in Jinja
   * @param bos text of the token that begins a text, empty if there is none
   * @param eos text of the token that ends one, empty if there is none
   */
  public ChatTemplate(String source, String bos, String eos) {
    // Jinja drops the last line's end. Jinjava does not, and its slices have no step; this is the
    // one that templates use.
    this.source = source.replaceFirst("\\R\\z", "").replace("[::-1]", "|reverse");
    this.tokens = Map.of("bos_token", bos, "eos_token", eos);
  }

  /**
   * The pieces of a chat, up to where the decoder's turn begins.
   *
   * @param roles of its messages, in order
   * @throws ProblemException INVALID if the template refuses this chat, cannot be rendered, or does
   *     what a template may not
   */
  public List<Piece> render(List<Message.Role> roles) {
    checkSource();
    List<Map<String, Object>> messages = new ArrayList<>();
    for (int i = 0; i < roles.size(); i++) {
      Map<String, Object> message = new LinkedHashMap<>();
      message.put("role", roles.get(i).toString());
      message.put("content", "\uE000" + i + "\uE001");
      messages.add(message);
    }
    return split(thread.call(messages, () -> text(messages)), roles.size());
  }

  private void checkSource() {
    if (source.length() > ModelManifest.MAX_TEMPLATE_CHARACTERS) {
      throw Rendering.tooLong(
          "it has %,d characters, and may have %,d"
              .formatted(source.length(), ModelManifest.MAX_TEMPLATE_CHARACTERS));
    }
    int depth = 0;
    for (int i = 0; i < source.length(); i++) {
      char each = source.charAt(i);
      if (each == '(' || each == '[' || each == '{') {
        depth++;
      } else if (each == ')' || each == ']' || each == '}') {
        depth = Math.max(0, depth - 1);
      }
      if (depth > MAX_BRACKETS) {
        throw Rendering.tooLong("it nests more than %d brackets".formatted(MAX_BRACKETS));
      }
    }
    // Jinjava's own name for itself, which its parser knows as a variable.
    if (source.contains("int3rpr3t3r")) {
      throw Rendering.forbidden("the interpreter");
    }
  }

  private String text(List<Map<String, Object>> messages) {
    Map<String, Object> bindings = new LinkedHashMap<>(tokens);
    bindings.put("messages", messages);
    bindings.put("add_generation_prompt", true);
    // What is thought aloud would be compared as the answer. Templates that know the switch write
    // an empty thought; others do not ask for it.
    bindings.put("enable_thinking", false);
    RenderResult result = engine.renderForResult(source, bindings);
    for (TemplateError error : result.getErrors()) {
      if (error.getReason() == TemplateError.ErrorReason.DISABLED) {
        throw Rendering.forbidden(error.getMessage().replace(" is disabled in this context", ""));
      } else if (error.getSeverity() == TemplateError.ErrorType.FATAL
          // A macro called too deep writes nothing, and is but a warning to Jinjava.
          || error.getCategory() == BasicTemplateErrorCategory.CYCLE_DETECTED) {
        throw new ProblemException(
            ProblemException.Kind.INVALID,
            "the decoder's chat template cannot render this chat (line %d: %s)"
                .formatted(error.getLineno(), error.getMessage()));
      }
    }
    return result.getOutput();
  }

  private static List<Piece> split(String rendered, int messages) {
    List<Piece> pieces = new ArrayList<>();
    int[] places = new int[messages];
    Matcher matcher = PLACEHOLDER.matcher(rendered);
    int end = 0;
    while (matcher.find()) {
      if (matcher.start() > end) {
        pieces.add(new Piece.Marks(rendered.substring(end, matcher.start())));
      }
      int message = Integer.parseInt(matcher.group(1));
      if (message >= messages || ++places[message] > MAX_REPEATS) {
        throw Rendering.tooLong(
            "it writes a message that is not there, or one more than %d times"
                .formatted(MAX_REPEATS));
      }
      pieces.add(new Piece.Content(message));
      end = matcher.end();
    }
    if (end < rendered.length()) {
      pieces.add(new Piece.Marks(rendered.substring(end)));
    }
    return pieces;
  }
}
