package io.kvasir.http.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.contrast.Contrasts.Turn;
import io.kvasir.core.ProblemException;
import io.kvasir.http.exchange.Fields;
import io.kvasir.http.exchange.HttpOptions;
import io.kvasir.http.exchange.InvalidFieldException;
import io.kvasir.http.exchange.OpenAiException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a chat as OpenAI's clients write them. What a tool was asked and answered in an
 * earlier round becomes words of the user, since decoders here know no tools.
 */
final class ChatMessages {
  /** The most messages of a chat. */
  static final int MOST = 500;

  private static final int NAME_CHARACTERS = 200;
  private static final int PARTS = 100;
  private static final int TOOL_CALLS = 128;

  private final Map<String, String> calls = new HashMap<>();
  private final List<Turn> turns = new ArrayList<>();

  private ChatMessages() {}

  /** What the messages of a body say, in their order. */
  static List<Turn> of(Fields body, HttpOptions options) {
    ChatMessages messages = new ChatMessages();
    int characters = 0;
    for (JsonNode message : body.elements("messages", MOST)) {
      Turn turn = messages.turn(message, "messages[%d]".formatted(messages.turns.size()));
      characters += turn.text().length();
      messages.turns.add(turn);
    }
    if (messages.turns.isEmpty()) {
      throw new InvalidFieldException("messages", "The field 'messages' must hold a message.");
    }
    int longest = options.limits().conversationCharacters();
    if (characters > longest) {
      throw new ProblemException(
          ProblemException.Kind.TOO_LONG,
          "The messages have %d characters; the limit is %d. Leave out the oldest."
              .formatted(characters, longest));
    }
    return messages.turns;
  }

  private Turn turn(JsonNode message, String where) {
    Fields fields = Fields.lenient(message, where);
    String role = fields.requiredText("role", NAME_CHARACTERS);
    return switch (role) {
      case "system", "developer" -> new Turn("system", required(fields));
      case "user" -> new Turn("user", required(fields));
      case "assistant" -> new Turn("assistant", assistant(fields));
      case "tool" ->
          new Turn("user", answered(fields, fields.text("tool_call_id", NAME_CHARACTERS)));
      case "function" -> new Turn("user", answered(fields, fields.text("name", NAME_CHARACTERS)));
      default ->
          throw new InvalidFieldException(
              fields.nameOf("role"),
              "The role '%s' is not offered; there are: system, developer, user, assistant, tool."
                  .formatted(role));
    };
  }

  /** An assistant that called a tool, or refused, need not have said anything. */
  private String assistant(Fields message) {
    for (JsonNode each : message.elements("tool_calls", TOOL_CALLS)) {
      Fields call = Fields.lenient(each, message.nameOf("tool_calls[]"));
      String id = call.text("id", NAME_CHARACTERS);
      JsonNode function = call.value("function");
      if (id != null && function != null) {
        calls.put(id, called(Fields.lenient(function, call.nameOf("function"))));
      }
    }
    String refusal = message.text("refusal", Integer.MAX_VALUE);
    String said = content(message);
    return said == null ? (refusal == null ? "" : refusal) : said;
  }

  private static String called(Fields function) {
    String arguments = function.text("arguments", Integer.MAX_VALUE);
    return "%s(%s)"
        .formatted(function.text("name", NAME_CHARACTERS), arguments == null ? "" : arguments);
  }

  private String answered(Fields message, @Nullable String call) {
    return "%s: %s".formatted(calls.getOrDefault(String.valueOf(call), "tool"), required(message));
  }

  private static String required(Fields message) {
    String content = content(message);
    if (content == null) {
      String where = message.nameOf("content");
      throw new InvalidFieldException(where, "The field '%s' is missing.".formatted(where));
    }
    return content;
  }

  private static @Nullable String content(Fields message) {
    JsonNode content = message.value("content");
    if (content == null) {
      return null;
    }
    String where = message.nameOf("content");
    if (content.isTextual()) {
      return Fields.text(content, where, Integer.MAX_VALUE);
    }
    StringBuilder text = new StringBuilder();
    List<JsonNode> parts = message.elements("content", PARTS);
    for (int index = 0; index < parts.size(); index++) {
      Fields part = Fields.lenient(parts.get(index), "%s[%d]".formatted(where, index));
      String type = part.requiredText("type", NAME_CHARACTERS);
      if (!type.equals("text") && !type.equals("refusal")) {
        throw OpenAiException.unsupported(
            part.nameOf("type"), "Content of the type '%s' is not offered.".formatted(type));
      }
      String words = part.text(type, Integer.MAX_VALUE);
      text.append(words == null ? "" : words);
    }
    return text.toString();
  }
}
