package io.kvasir.generate;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kvasir.core.ProblemException;
import io.kvasir.generate.ChatTemplate.Piece;
import io.kvasir.generate.Message.Role;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Templates as published models have them render as their makers meant. */
final class ChatTemplateTest {
  /** What Python's jinja2 makes of templates of the kinds that models have. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("rows")
  void rendersWhatJinja2Does(String name, List<Role> chat, String source, JsonNode row) {
    ChatTemplate template = new ChatTemplate(source, "<bos>", "<eos>");
    if (row.has("refusal")) {
      assertThatThrownBy(() -> template.render(chat))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("refuses this chat: " + row.get("refusal").textValue());
    } else {
      assertThat(text(template, chat)).isEqualTo(row.get("text").textValue());
    }
  }

  static Stream<Arguments> rows() throws IOException {
    try (InputStream stream = ChatTemplateTest.class.getResourceAsStream("/chat-templates.json")) {
      JsonNode made = new ObjectMapper().readTree(stream);
      List<Arguments> rows = new ArrayList<>();
      for (JsonNode row : made.get("rows")) {
        String name = row.get("name").textValue();
        List<Role> chat = new ArrayList<>();
        row.get("chat").forEach(role -> chat.add(Role.valueOf(role.textValue().toUpperCase(ROOT))));
        rows.add(Arguments.of(name, chat, made.get("templates").get(name).textValue(), row));
      }
      return rows.stream();
    }
  }

  @Test
  void saysWhyATemplateRefusesAChat() {
    ChatTemplate strict =
        new ChatTemplate(
            "{% if messages[0].role == 'system' %}{{ raise_exception('no system turn') }}{% endif %}",
            "", "");
    assertThatThrownBy(() -> strict.render(List.of(Role.SYSTEM)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("no system turn");
    ChatTemplate broken = new ChatTemplate("{% for x in %}{{ ", "", "");
    assertThatThrownBy(() -> broken.render(List.of(Role.USER)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("chat template");
  }

  @Test
  void manyTurnsStayWithinTheLimits() {
    ChatTemplate template =
        new ChatTemplate(
            "{% for m in messages %}{{ '<' + m.role + '>' + m.content }}"
                + "{% if loop.index0 > 0 and messages[loop.index0 - 1].role == m.role %}!{% endif %}"
                + "{% endfor %}",
            "", "");
    List<Role> chat = Collections.nCopies(1000, Role.USER);
    assertThat(text(template, chat))
        .startsWith("<user>[0]<user>[1]!<user>[2]!")
        .endsWith("<user>[999]!");
  }

  private static String text(ChatTemplate template, List<Role> roles) {
    return template.render(roles).stream()
        .map(
            piece ->
                piece instanceof Piece.Content content
                    ? "[" + content.message() + "]"
                    : ((Piece.Marks) piece).text())
        .collect(Collectors.joining());
  }
}
