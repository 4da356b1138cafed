package io.kvasir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIException;
import com.openai.errors.RateLimitException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionAssistantMessageParam;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import io.kvasir.contrast.Contrasts;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Sampling;
import io.kvasir.generate.GenerationEvent;
import io.kvasir.generate.GenerationEvent.FinishReason;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OpenAI's own Java client, unchanged, against the server. */
final class OpenAiClientTest {
  private static final float[] UNWATCHED = {};
  private static final List<GenerationEvent> ANSWER =
      List.of(
          new GenerationEvent.Queued(0),
          new GenerationEvent.Prefill(7, 7, 3, 0),
          new GenerationEvent.Token(1, "Use", -0.1, UNWATCHED),
          new GenerationEvent.Token(2, "", -0.2, UNWATCHED),
          new GenerationEvent.Token(3, " dpkg 软", -0.3, UNWATCHED),
          new GenerationEvent.Finished(FinishReason.STOP, " -S", 1, 2));

  private OpenAiServer openAi;
  private TestServer server;
  private OpenAIClient client;

  @BeforeEach
  void start() throws Exception {
    openAi = new OpenAiServer(ANSWER);
    server = openAi.server;
    client = openAi.client;
  }

  @AfterEach
  void stop() throws Exception {
    openAi.close();
  }

  private static ChatCompletionCreateParams.Builder question(String model) {
    return ChatCompletionCreateParams.builder()
        .model(model)
        .addSystemMessage("Be short.")
        .addUserMessage("Which package?");
  }

  @Test
  void anAnswerThatBeganToRepeatItselfIsNotWhole() {
    server.contrasts.answer =
        List.of(
            new GenerationEvent.Prefill(7, 7, 3, 0),
            new GenerationEvent.Token(1, "on and on", -0.1, UNWATCHED),
            new GenerationEvent.Finished(FinishReason.REPETITION, "", 1, 2));

    ChatCompletion completion = client.chat().completions().create(question("tiny:rag").build());

    assertThat(completion.choices().get(0).finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.LENGTH);
  }

  @Test
  void answersWhole() {
    ChatCompletion completion =
        client
            .chat()
            .completions()
            .create(
                question("tiny:rag")
                    .temperature(0.7)
                    .putAdditionalBodyProperty("seed", JsonValue.from(5))
                    .maxCompletionTokens(20)
                    .logprobs(true)
                    .build());

    assertThat(completion.model()).isEqualTo("tiny:rag");
    ChatCompletion.Choice choice = completion.choices().get(0);
    assertThat(choice.message().content()).contains("Use dpkg 软 -S");
    assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
    assertThat(choice.logprobs().get().content().get().get(0).logprob()).isEqualTo(-0.1);
    assertThat(completion.usage().get().promptTokens()).isEqualTo(7);
    assertThat(completion.usage().get().completionTokens()).isEqualTo(3);
    completion.validate();
    Contrasts.ChatRequest asked = server.contrasts.chatsAsked.get(0);
    assertThat(asked.path()).isEqualTo(AnswerPath.RAG);
    assertThat(asked.model()).isEqualTo("tiny");
    assertThat(asked.sampling().seed()).isEqualTo(5);
    assertThat(asked.sampling().maxTokens()).isEqualTo(20);
    assertThat(asked.turns())
        .containsExactly(
            new Contrasts.Turn("system", "Be short."),
            new Contrasts.Turn("user", "Which package?"));
  }

  @Test
  void answersInChunks() {
    ChatCompletionCreateParams asked =
        question("tiny")
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(asked)) {
      List<ChatCompletionChunk> chunks = stream.stream().toList();

      chunks.forEach(ChatCompletionChunk::validate);
      assertThat(chunks.get(0).choices().get(0).delta().role())
          .contains(ChatCompletionChunk.Choice.Delta.Role.ASSISTANT);
      assertThat(
              chunks.stream()
                  .flatMap(chunk -> chunk.choices().stream())
                  .flatMap(choice -> choice.delta().content().stream())
                  .collect(Collectors.joining()))
          .isEqualTo("Use dpkg 软 -S");
      assertThat(chunks.get(chunks.size() - 2).choices().get(0).finishReason())
          .contains(ChatCompletionChunk.Choice.FinishReason.STOP);
      ChatCompletionChunk last = chunks.get(chunks.size() - 1);
      assertThat(last.choices()).isEmpty();
      assertThat(last.usage().get().totalTokens()).isEqualTo(10);
    }
  }

  @Test
  void streamCarriesNoUsageUnlessAskedFor() {
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(question("tiny").build())) {
      assertThat(stream.stream()).allMatch(chunk -> chunk.usage().isEmpty());
    }
  }

  @Test
  void failureInTheMiddleOfAStreamIsAnError() {
    server.contrasts.answer =
        List.of(
            new GenerationEvent.Token(1, "Use", -0.1, UNWATCHED),
            new GenerationEvent.Failed(
                new ProblemException(ProblemException.Kind.UNAVAILABLE, "The model went away.")));
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(question("tiny").build())) {
      assertThatThrownBy(() -> stream.stream().toList())
          .isInstanceOf(OpenAIException.class)
          .hasMessageContaining("The model went away.");
    }
  }

  @Test
  void lostConnectionCancelsTheChat() throws Exception {
    server.contrasts.answer = null;
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(question("tiny").build())) {
      assertThat(stream).isNotNull();
      assertThat(server.contrasts.chatsCancelled).hasValue(0);
    }

    TestServer.until("the chat is cancelled", () -> server.contrasts.chatsCancelled.get() == 1);
  }

  @Test
  void errorsAreTheClientsOwn() {
    assertThatThrownBy(() -> client.chat().completions().create(question("gpt").build()))
        .isInstanceOfSatisfying(
            NotFoundException.class,
            failure -> {
              assertThat(failure.code()).contains("model_not_found");
              assertThat(failure.param()).contains("model");
              assertThat(failure.type()).contains("invalid_request_error");
            });
    assertThatThrownBy(() -> client.chat().completions().create(question("tiny").n(3).build()))
        .isInstanceOf(BadRequestException.class);
    server.contrasts.refusal =
        new ProblemException(ProblemException.Kind.BUSY, "64 answers wait already.");
    assertThatThrownBy(() -> client.chat().completions().create(question("tiny").build()))
        .isInstanceOfSatisfying(
            RateLimitException.class,
            failure -> assertThat(failure.headers().values("retry-after")).isNotEmpty())
        .hasMessageContaining("64 answers wait already.");
  }

  @Test
  void asksForMoreThanThereIsAndGetsWhatThereIs() {
    client.chat().completions().create(question("tiny").maxCompletionTokens(1L << 40).build());
    client
        .chat()
        .completions()
        .create(
            question("tiny")
                .topP(0)
                .temperature(1)
                .presencePenalty(-1.5)
                .frequencyPenalty(2)
                .putAdditionalBodyProperty(
                    "tools", JsonValue.from(List.of(Map.of("type", "function"))))
                .putAdditionalBodyProperty("tool_choice", JsonValue.from("none"))
                .build());

    Sampling most = server.contrasts.chatsAsked.get(0).sampling();
    assertThat(most.maxTokens()).isEqualTo(1_024);
    Sampling greedy = server.contrasts.chatsAsked.get(1).sampling();
    assertThat(greedy.temperature()).isZero();
    assertThat(greedy.presencePenalty()).isEqualTo(-1.5);
    assertThat(greedy.frequencyPenalty()).isEqualTo(2);
  }

  @Test
  void whatToolsAnsweredBeforeIsSaidByTheUser() {
    client
        .chat()
        .completions()
        .create(
            ChatCompletionCreateParams.builder()
                .model("tiny:rag")
                .addDeveloperMessage("Be short.")
                .addUserMessage("Weather?")
                .addMessage(
                    ChatCompletionAssistantMessageParam.builder()
                        .addToolCall(
                            ChatCompletionMessageFunctionToolCall.builder()
                                .id("1")
                                .function(
                                    ChatCompletionMessageFunctionToolCall.Function.builder()
                                        .name("look")
                                        .arguments("{}")
                                        .build())
                                .build())
                        .build())
                .addMessage(
                    ChatCompletionToolMessageParam.builder()
                        .toolCallId("1")
                        .content("sunny")
                        .build())
                .build());

    assertThat(server.contrasts.chatsAsked.get(0).turns())
        .containsExactly(
            new Contrasts.Turn("system", "Be short."),
            new Contrasts.Turn("user", "Weather?"),
            new Contrasts.Turn("assistant", ""),
            new Contrasts.Turn("user", "look({}): sunny"));
  }

  @Test
  void wordsThatAreTooLongAreWhatClientsShorten() {
    server.contrasts.refusal =
        new ProblemException(ProblemException.Kind.TOO_LONG, "The prompt has 5000 tokens.");

    assertThatThrownBy(() -> client.chat().completions().create(question("tiny").build()))
        .isInstanceOfSatisfying(
            BadRequestException.class,
            failure -> {
              assertThat(failure.code()).contains("context_length_exceeded");
              assertThat(failure.param()).contains("messages");
            });
  }

  @Test
  void embedsTokensAndManyTexts() {
    EmbeddingCreateParams.Builder asked = EmbeddingCreateParams.builder().model("tiny-encoder");

    assertThat(
            client.embeddings().create(asked.inputOfArrayOfTokens(List.of(5L, 6L)).build()).data())
        .singleElement()
        .satisfies(one -> assertThat(one.embedding()).startsWith(2f));
    CreateEmbeddingResponse two =
        client
            .embeddings()
            .create(
                asked.inputOfArrayOfTokenArrays(List.of(List.of(5L), List.of(6L, 7L, 8L))).build());
    assertThat(two.data()).extracting(each -> each.embedding().get(0)).containsExactly(1f, 3f);
    assertThat(two.usage().promptTokens()).isEqualTo(4);
    assertThat(
            client
                .embeddings()
                .create(asked.inputOfArrayOfStrings(Collections.nCopies(2_048, "a")).build())
                .data())
        .hasSize(2_048);
  }

  @Test
  void embedsAsNumbersAndAsBase64() {
    for (EmbeddingCreateParams.EncodingFormat format :
        List.of(
            EmbeddingCreateParams.EncodingFormat.FLOAT,
            EmbeddingCreateParams.EncodingFormat.BASE64)) {
      CreateEmbeddingResponse response =
          client
              .embeddings()
              .create(
                  EmbeddingCreateParams.builder()
                      .model("tiny-encoder")
                      .inputOfArrayOfStrings(List.of("one two", "three"))
                      .encodingFormat(format)
                      .build());

      assertThat(response.data()).hasSize(2);
      assertThat(response.data().get(1).index()).isEqualTo(1);
      assertThat(response.data().get(0).embedding()).containsExactly(7f, 0.5f, -0.25f, 1e-7f);
      assertThat(response.usage().promptTokens()).isEqualTo(3);
    }
  }

  @Test
  void namesEveryModelThatAnswers() {
    assertThat(client.models().list().items().stream().map(model -> model.id()))
        .containsExactly(
            "tiny",
            "tiny:rag",
            "tiny:rag:faq",
            "tiny:attention",
            "tiny:attention:faq",
            "tiny:memory",
            "tiny:memory:faq",
            "tiny-encoder");
    assertThat(client.models().retrieve("tiny:rag:faq").id()).isEqualTo("tiny:rag:faq");
  }

  @Test
  void theWeightsAnswerWhereNoDocumentsCanBeReached() {
    server.library.gone = true;

    assertThat(client.models().list().items().stream().map(model -> model.id())).contains("tiny");
  }
}
