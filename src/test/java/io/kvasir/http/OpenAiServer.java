package io.kvasir.http;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import io.kvasir.generate.GenerationEvent;
import java.util.List;

/** A server whose chats are answered by the test, and OpenAI's own client of it. */
final class OpenAiServer {
  final TestServer server;
  final OpenAIClient client;

  OpenAiServer(List<GenerationEvent> answer) throws Exception {
    server = new TestServer();
    server.contrasts.answer = answer;
    client =
        OpenAIOkHttpClient.builder()
            .baseUrl(server.url("/v1"))
            .apiKey("unused")
            .maxRetries(0)
            .build();
  }

  void close() throws Exception {
    client.close();
    server.close();
  }
}
