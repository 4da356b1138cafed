package io.kvasir.generate;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import io.kvasir.core.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A decoder's chat template. It is rendered around placeholders, so that what people and documents
 * say never passes through it: it can neither run as template nor pose as one of its marks.
 */
public final class ChatTemplate {
  /** The longest rendering, in characters, without the contents. */
  static final int MAX_CHARACTERS = 1 << 20;

  private static final Pattern PLACEHOLDER = Pattern.compile("\uE000(\\d+)\uE001");

  /** A stretch of a rendered chat. */
  public sealed interface Piece {
    /** The template's own text, marks included. */
    record Marks(String text) implements Piece {}

    /** The content of a message, by its place in the chat. */
    record Content(int message) implements Piece {}
  }

  private final Jinjava jinjava;
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
    this.jinjava =
        new Jinjava(
            JinjavaConfig.newBuilder()
                .withTrimBlocks(true)
                .withLstripBlocks(true)
                .withNestedInterpretationEnabled(false)
                // Without it {{- leaves the blanks that templates indent with.
                .withLegacyOverrides(
                    LegacyOverrides.newBuilder()
                        .withUseTrimmingForNotesAndExpressions(true)
                        .build())
                .withMaxOutputSize(MAX_CHARACTERS)
                .build());
    // The source comes with the weights, from whoever published them: it may read nothing.
    this.jinjava.setResourceLocator(
        (name, encoding, interpreter) -> {
          throw new java.io.IOException("a chat template must not include " + name);
        });
    this.jinjava
        .getGlobalContext()
        .registerFunction(
            new ELFunctionDefinition(
                "", "raise_exception", ChatTemplate.class, "refuse", String.class));
    this.source = source;
    this.tokens = Map.of("bos_token", bos, "eos_token", eos);
  }

  /**
   * What templates call to refuse a chat, for example one that does not begin with a user.
   *
   * @throws ProblemException INVALID, always
   */
  @SuppressWarnings("DoNotCallSuggester") // templates call it, by name
  public static String refuse(String reason) {
    throw new ProblemException(
        ProblemException.Kind.INVALID, "the decoder's chat template refuses this chat: " + reason);
  }

  /**
   * The pieces of a chat, up to where the decoder's turn begins.
   *
   * @param roles of its messages, in order
   * @throws ProblemException INVALID if the template refuses this chat or cannot be rendered
   */
  public List<Piece> render(List<Message.Role> roles) {
    List<Map<String, Object>> messages = new ArrayList<>();
    for (int i = 0; i < roles.size(); i++) {
      messages.add(Map.of("role", roles.get(i).toString(), "content", "\uE000" + i + "\uE001"));
    }
    Map<String, Object> bindings = new LinkedHashMap<>(tokens);
    bindings.put("messages", messages);
    bindings.put("add_generation_prompt", true);
    RenderResult result = jinjava.renderForResult(source, bindings);
    for (TemplateError error : result.getErrors()) {
      if (error.getSeverity() == TemplateError.ErrorType.FATAL) {
        throwRefusal(error.getException());
        throw new ProblemException(
            ProblemException.Kind.INVALID,
            "the decoder's chat template cannot render this chat (line %d: %s)"
                .formatted(error.getLineno(), error.getMessage()));
      }
    }
    return split(result.getOutput());
  }

  /** Jinjava wraps what a function throws; the template's own words are in there. */
  private static void throwRefusal(@Nullable Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProblemException refusal) {
        throw refusal;
      }
    }
  }

  private static List<Piece> split(String rendered) {
    List<Piece> pieces = new ArrayList<>();
    Matcher matcher = PLACEHOLDER.matcher(rendered);
    int end = 0;
    while (matcher.find()) {
      if (matcher.start() > end) {
        pieces.add(new Piece.Marks(rendered.substring(end, matcher.start())));
      }
      pieces.add(new Piece.Content(Integer.parseInt(matcher.group(1))));
      end = matcher.end();
    }
    if (end < rendered.length()) {
      pieces.add(new Piece.Marks(rendered.substring(end)));
    }
    return pieces;
  }
}
