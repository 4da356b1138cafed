package io.kvasir.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.ProblemException;
import io.kvasir.generate.ChatTemplate.Piece;
import io.kvasir.generate.Message.Role;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Templates as published models have them render as their makers meant. */
final class ChatTemplateTest {
  /** One line, with loop.first, items by name in brackets, and line breaks inside strings. */
  private static final String SHORT =
      "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}"
          + "{{ '<|im_start|>system\nBe kind.<|im_end|>\n' }}{% endif %}"
          + "{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}"
          + "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

  /** Many lines that must leave no trace, branches for tools that nobody gives, escapes. */
  private static final String LONG =
      """
      {%- if tools %}
          {{- '<|im_start|>system\\n' }}
          {{- "# Tools\\n{\\"name\\": <name>}\\n" }}
          {%- for tool in tools %}
              {{- tool | tojson }}
          {%- endfor %}
      {%- else %}
          {%- if messages[0]['role'] == 'system' %}
              {{- '<|im_start|>system\\n' + messages[0]['content'] + '<|im_end|>\\n' }}
          {%- else %}
              {{- '<|im_start|>system\\nBe kind.<|im_end|>\\n' }}
          {%- endif %}
      {%- endif %}
      {%- for message in messages %}
          {%- if (message.role == "user") or (message.role == "system" and not loop.first) or (message.role == "assistant" and not message.tool_calls) %}
              {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
          {%- elif message.role == "assistant" %}
              {%- for tool_call in message.tool_calls %}
                  {%- if tool_call.function is defined %}
                      {%- set tool_call = tool_call.function %}
                  {%- endif %}
                  {{- tool_call.arguments | tojson }}
              {%- endfor %}
          {%- elif message.role == "tool" %}
              {%- if loop.last or (messages[loop.index0 + 1].role != "tool") %}
                  {{- '<|im_end|>\\n' }}
              {%- endif %}
          {%- endif %}
      {%- endfor %}
      {%- if add_generation_prompt %}
          {{- '<|im_start|>assistant\\n' }}
      {%- endif %}
      """;

  @Test
  void rendersTheTurnsOfAChat() {
    for (String source : List.of(SHORT, LONG)) {
      ChatTemplate template = new ChatTemplate(source, "", "<|im_end|>");
      assertThat(text(template, Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.USER))
          .isEqualTo(
              """
              <|im_start|>system
              [0]<|im_end|>
              <|im_start|>user
              [1]<|im_end|>
              <|im_start|>assistant
              [2]<|im_end|>
              <|im_start|>user
              [3]<|im_end|>
              <|im_start|>assistant
              """);
      assertThat(text(template, Role.USER))
          .isEqualTo(
              """
              <|im_start|>system
              Be kind.<|im_end|>
              <|im_start|>user
              [0]<|im_end|>
              <|im_start|>assistant
              """);
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
  void readsNoFilesForATemplate() {
    ChatTemplate curious = new ChatTemplate("{% include 'logging.properties' %}", "", "");
    assertThatThrownBy(() -> curious.render(List.of(Role.USER)))
        .isInstanceOf(ProblemException.class);
  }

  private static String text(ChatTemplate template, Role... roles) {
    return template.render(List.of(roles)).stream()
        .map(
            piece ->
                piece instanceof Piece.Content content
                    ? "[" + content.message() + "]"
                    : ((Piece.Marks) piece).text())
        .collect(Collectors.joining());
  }
}
