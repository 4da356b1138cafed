package io.kvasir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import io.kvasir.contrast.Contrasts;
import io.kvasir.core.AnswerPath;
import io.kvasir.generate.GenerationEvent;
import io.kvasir.generate.GenerationEvent.FinishReason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OpenAI's own Java client chooses documents and is told which ones answered. */
@SuppressWarnings("deprecation") // the client has no other way to fields that it does not know
final class OpenAiDocumentsTest {
  private static final Map<String, Object> GROUNDS =
      Map.of(
          "contrast",
          FakeContrasts.CONTRAST,
          "collection",
          "faq",
          "passages",
          List.of(Map.of("document", "faq.pdf", "heading", "One › Two", "page", 4, "score", 0.03)));

  private OpenAiServer openAi;
  private TestServer server;
  private OpenAIClient client;

  @BeforeEach
  void start() throws Exception {
    openAi =
        new OpenAiServer(
            List.of(
                new GenerationEvent.Token(1, "Use", -0.1, new float[0]),
                new GenerationEvent.Finished(FinishReason.STOP, "", 1, 2)));
    server = openAi.server;
    client = openAi.client;
  }

  @AfterEach
  void stop() throws Exception {
    openAi.close();
  }

  private static ChatCompletionCreateParams.Builder question(String model) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage("Which package?");
  }

  @Test
  void saysWhatItIsAnsweredFrom() {
    ChatCompletion completion =
        client.chat().completions().create(question("tiny:attention").build());

    assertThat(grounds(completion._additionalProperties())).isEqualTo(GROUNDS);
    assertThat(client.chat().completions().create(question("tiny").build())._additionalProperties())
        .doesNotContainKey("kvasir");
  }

  @Test
  void theLastChunkSaysWhatTheStreamIsAnsweredFrom() {
    for (boolean usage : List.of(false, true)) {
      ChatCompletionCreateParams asked =
          question("tiny:rag")
              .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(usage).build())
              .build();
      try (StreamResponse<ChatCompletionChunk> stream =
          client.chat().completions().createStreaming(asked)) {
        List<ChatCompletionChunk> chunks = stream.stream().toList();

        chunks.forEach(ChatCompletionChunk::validate);
        ChatCompletionChunk last = chunks.get(chunks.size() - 1);
        assertThat(grounds(last._additionalProperties())).isEqualTo(GROUNDS);
        assertThat(last.usage().isPresent()).isEqualTo(usage);
        assertThat(chunks.subList(0, chunks.size() - 1))
            .noneMatch(chunk -> chunk._additionalProperties().containsKey("kvasir"));
      }
    }
  }

  private static Map<?, ?> grounds(Map<String, JsonValue> answered) {
    return answered.get("kvasir").convert(Map.class);
  }

  @Test
  void theClientChoosesItsDocuments() {
    client.chat().completions().create(question("tiny:rag:faq").build());
    client
        .chat()
        .completions()
        .create(
            question("tiny:attention")
                .putAdditionalBodyProperty(
                    "kvasir",
                    JsonValue.from(
                        Map.of("collection", "faq", "scope", List.of("faq.pdf#One"), "k", 2)))
                .build());
    client.chat().completions().create(question("tiny:rag").build());

    assertThat(server.contrasts.chatsAsked)
        .extracting(Contrasts.ChatRequest::path, Contrasts.ChatRequest::collection)
        .containsExactly(
            tuple(AnswerPath.RAG, "faq"),
            tuple(AnswerPath.ATTENTION, "faq"),
            tuple(AnswerPath.RAG, null));
    Contrasts.ChatRequest wished = server.contrasts.chatsAsked.get(1);
    assertThat(wished.scope().selectors()).containsExactly("faq.pdf#One");
    assertThat(wished.k()).isEqualTo(2);
    assertThatThrownBy(() -> client.chat().completions().create(question("tiny:rag:notes").build()))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("there are: faq");
  }
}
