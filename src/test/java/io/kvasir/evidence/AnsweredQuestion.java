package io.kvasir.evidence;

import io.kvasir.contrast.NothingKept;
import io.kvasir.contrast.PromptWriter;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.Passage;
import io.kvasir.core.PathTrace;
import io.kvasir.core.PromptPart;
import io.kvasir.core.Sampling;
import io.kvasir.core.Trace;
import io.kvasir.generate.BatchingGenerator;
import io.kvasir.generate.EngineOptions;
import io.kvasir.generate.OneDecoder;
import io.kvasir.generate.Prompt;
import io.kvasir.generate.ReadingRequest;
import io.kvasir.gguf.TinyGguf;
import io.kvasir.onnx.OnnxDecoders;
import io.kvasir.stream.EventLog;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An answer that a tiny decoder gave over three passages, and the service that looks into it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AnsweredQuestion {
  static final String QUESTION = "Where do the gulls sleep?";
  static final List<String> TEXTS =
      List.of(
          "The gulls sleep on the cliff.", "Cats sleep in the sun.", "The sea is grey and cold.");
  static final EngineOptions OPTIONS =
      EngineOptions.DEFAULTS
          .withThreads(1)
          .withCache(3, 1_024)
          .withQueue(64)
          .withPasses(32, 8)
          .withDeadline(Duration.ofSeconds(60));

  private final ExecutorService worker = Executors.newFixedThreadPool(3);
  final Traces traces = new Traces();
  Path folder;
  BatchingGenerator generator;
  EvidenceService service;

  @BeforeAll
  void load(@TempDir Path temporary) {
    folder = TinyGguf.export(temporary, "llama");
    generator = OnnxDecoders.load(folder, OPTIONS);
    service =
        new EvidenceService(
            traces,
            new OneDecoder(generator),
            NothingKept.memory().passages(),
            EvidenceLimits.DEFAULT,
            worker);
  }

  @AfterAll
  void unload() {
    generator.close();
    worker.shutdownNow();
  }

  static double[] read(BatchingGenerator fresh, Prompt prompt, int[] answer) throws Exception {
    return fresh.read(ReadingRequest.answer(prompt.ids(), answer, null)).get(30, TimeUnit.SECONDS);
  }

  static List<Passage> passages() {
    List<Passage> passages = new ArrayList<>();
    for (String text : TEXTS) {
      long id = passages.size() + 1L;
      passages.add(new Passage(id, 1, "a.txt", "A", 0, "", null, 0, text.length(), text, text));
    }
    return passages;
  }

  Prompt prompt(List<Passage> passages) {
    return generator.prompt(new PromptWriter("en", AnswerStyle.SHORT).messages(passages, QUESTION));
  }

  Trace trace(AnswerPath path) {
    Prompt prompt = prompt(path.equals(AnswerPath.RAG) ? passages() : List.of());
    List<PromptPart> parts = new ArrayList<>(prompt.parts());
    parts.add(new PromptPart(PromptPart.Kind.ANSWER, 6, null));
    List<PathTrace.TokenTrace> tokens = new ArrayList<>();
    for (int id : generator.tokens("on the cliff")) {
      tokens.add(new PathTrace.TokenTrace(id, "", -1, 1, new float[0]));
    }
    String id = UUID.randomUUID().toString();
    return new Trace(
        Trace.VERSION,
        id,
        Instant.now(),
        Trace.Status.COMPLETE,
        id,
        null,
        QUESTION,
        "shelf",
        List.of(),
        new Trace.Model(
            generator.description().name(),
            generator.description().checksum(),
            generator.description().format()),
        null,
        AnswerStyle.SHORT,
        null,
        Sampling.GREEDY,
        List.of(1),
        null,
        null,
        null,
        List.of(
            new PathTrace(
                path,
                "on the cliff",
                "stop",
                null,
                null,
                new PathTrace.PromptTrace(
                    prompt.ids().length, 0, 100, prompt.text(), prompt.ids(), parts, 0),
                List.of(),
                tokens,
                PathTrace.Timings.NONE,
                null)));
  }

  static List<EvidenceEvent> follow(EventLog<EvidenceEvent> log) throws Exception {
    List<EvidenceEvent> events = new ArrayList<>();
    for (int i = 0; !log.endsAt(i); i++) {
      await(log.reached(i));
      if (i < log.size()) {
        events.add(log.get(i));
      }
    }
    return events;
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
