package io.kvasir.http.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kvasir.contrast.Contrasts;
import io.kvasir.core.ProblemException;
import io.kvasir.generate.GenerationEvent;
import io.kvasir.generate.GenerationEvent.FinishReason;
import io.kvasir.http.exchange.EventStream;
import io.kvasir.http.exchange.HttpOptions;
import io.kvasir.http.exchange.HttpPorts;
import io.kvasir.http.exchange.JsonBody;
import io.kvasir.http.exchange.LiveStreams;
import io.kvasir.http.exchange.Replies;
import io.kvasir.http.exchange.RequestWatch;
import io.kvasir.http.guard.KeyGuard;
import io.kvasir.stream.EventLog;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code /v1/chat/completions}, whole and in chunks. A chat ends with its client's connection. */
public final class ChatRoutes {
  private final Contrasts contrasts;
  private final OpenAiModels models;
  private final HttpOptions options;
  private final LiveStreams streams;

  /** Routes over what they answer from; nothing is open before {@code mount}. */
  public ChatRoutes(
      HttpPorts ports, OpenAiModels models, HttpOptions options, LiveStreams streams) {
    this.contrasts = ports.contrasts();
    this.models = models;
    this.options = options;
    this.streams = streams;
  }

  /** Adds the route. */
  public void mount(Router router, JsonBody bodies) {
    bodies.on(router.post("/v1/chat/completions")).handler(this::chat);
  }

  private void chat(RoutingContext context) {
    ChatFields fields = ChatFields.of(JsonBody.of(context), models, options, contrasts.limits());
    OpenAiModels.ChatModel model = fields.model();
    ChatSource source = fields.source();
    Replies.when(
        context,
        RequestWatch.of(context)
            .within(
                () ->
                    contrasts.chat(
                        KeyGuard.workspace(context),
                        new Contrasts.ChatRequest(
                            model.decoder(),
                            model.path().name(),
                            source.collection(),
                            source.scope(),
                            source.k(),
                            fields.turns(),
                            fields.sampling()),
                        KeyGuard.tokens(context)))
            .recover(failure -> models.explained(KeyGuard.workspace(context), failure, source)),
        chat -> {
          ChatReply reply = new ChatReply(model.id(), chat);
          if (fields.stream()) {
            EventStream.answer(
                context,
                chat.events(),
                0,
                new ChatFrames(reply, fields.usage(), fields.logprobs()),
                chat.cancel(),
                streams);
          } else {
            whole(context, chat, reply, fields.logprobs());
          }
        });
  }

  private static void whole(
      RoutingContext context, Contrasts.Chat chat, ChatReply reply, boolean logprobs) {
    if (context.response().closed()) {
      chat.cancel().run();
      return;
    }
    context.addEndHandler(ended -> chat.cancel().run());
    Replies.when(
        context,
        chat.events().ended(),
        size -> Replies.json(context, 200, completion(chat.events(), reply, logprobs)));
  }

  private static ObjectNode completion(
      EventLog<GenerationEvent> log, ChatReply reply, boolean logprobs) {
    StringBuilder text = new StringBuilder();
    ArrayNode probabilities = JsonNodeFactory.instance.arrayNode();
    String reason = null;
    for (int index = 0; index < log.size(); index++) {
      GenerationEvent event = log.get(index);
      reply.count(event);
      if (event instanceof GenerationEvent.Token token) {
        text.append(token.text());
        ChatReply.addLogprob(probabilities, token);
      } else if (event instanceof GenerationEvent.Finished finished) {
        if (finished.reason() == FinishReason.CANCELLED) {
          throw ChatFrames.cancelled();
        }
        text.append(finished.tail());
        reason = ChatReply.reason(finished);
      } else if (event instanceof GenerationEvent.Failed failed) {
        throw failed.problem();
      }
    }
    if (reason == null) {
      throw new ProblemException(
          ProblemException.Kind.INTERNAL, "The chat was lost. The server's log has the details.");
    }
    ObjectNode body = reply.head("chat.completion");
    ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
    choice
        .putObject("message")
        .put("role", "assistant")
        .put("content", text.toString())
        .putNull("refusal");
    if (logprobs) {
      choice.putObject("logprobs").set("content", probabilities);
    } else {
      choice.putNull("logprobs");
    }
    choice.put("finish_reason", reason);
    body.set("usage", reply.usage());
    reply.addGrounds(body);
    return body;
  }
}
