package io.kvasir.contrast;

import io.kvasir.contrast.path.Paths;
import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.Sampling;
import io.kvasir.core.Scope;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.kvasir.generate.OneDecoder;
import io.kvasir.generate.ScriptedGenerator;
import io.kvasir.observe.AnswerListener;
import io.kvasir.stream.EventLog;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Contrasts over a shelf of passages, answered by a script: everything but weights and database.
 */
final class ContrastsUnderTest implements AutoCloseable {
  /** The paths of this version. */
  static final List<AnswerPath> ALL = Paths.ALL.names();

  final ScriptedGenerator generator;
  final OneDecoder decoders;
  final Shelf shelf;

  /** What its decoder answers best with. */
  AnswerDefaults defaults = AnswerDefaults.SAFE;

  private final ScheduledExecutorService worker = Executors.newScheduledThreadPool(2);

  ContrastsUnderTest(ScriptedGenerator generator, String... passages) {
    this.generator = generator;
    this.decoders = new OneDecoder(generator);
    this.shelf = new Shelf(List.of(passages));
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }

  ContrastService service(ContrastLimits limits) {
    return service(Paths.ALL, limits);
  }

  ContrastService service(Paths paths, ContrastLimits limits) {
    return new ContrastService(
        decoders,
        shelf,
        new MaterialSource(shelf, shelf, NothingKept.memory()),
        paths,
        Shelf.NAME,
        limits,
        decoder -> defaults,
        worker,
        AnswerListener.NONE);
  }

  static ContrastRequest request(String question, List<AnswerPath> paths, String conversation) {
    return request(question, paths, conversation, AnswerStyle.SHORT);
  }

  static ContrastRequest request(
      String question, List<AnswerPath> paths, String conversation, AnswerStyle style) {
    return new ContrastRequest(
        question,
        conversation,
        Shelf.NAME,
        Scope.ALL,
        paths,
        null,
        style,
        Sampling.GREEDY,
        null,
        null);
  }

  static String refusal(ContrastService service, ContrastRequest request) throws Exception {
    try {
      return "started "
          + await(service.start(Workspace.ONLY, request, TokenAllowance.ENDLESS)).id();
    } catch (ExecutionException e) {
      return e.getCause().getMessage();
    }
  }

  Trace finished(ContrastService service, ContrastRequest request) throws Exception {
    Contrasts.Running running =
        await(service.start(Workspace.ONLY, request, TokenAllowance.ENDLESS));
    generator.run();
    types(running.events());
    return await(service.trace(Workspace.ONLY, running.id()));
  }

  static List<String> types(EventLog<ContrastEvent> log) throws Exception {
    List<String> types = new ArrayList<>();
    for (int i = 0; !log.endsAt(i); ) {
      await(log.reached(i));
      for (; i < log.size(); i++) {
        types.add(log.get(i).type());
      }
    }
    return types;
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
  }
}
