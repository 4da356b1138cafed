package io.kvasir.server;

import io.kvasir.cli.Arguments;
import io.kvasir.cli.Command;
import io.kvasir.cli.ExitCode;
import io.kvasir.cli.Terminal;
import io.kvasir.config.Endpoint;
import io.kvasir.config.Settings;
import io.kvasir.core.ProblemException;
import io.kvasir.postgres.DatabaseOptions;
import io.kvasir.telemetry.LogSetup;
import io.kvasir.telemetry.TelemetryOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code kvasir serve}: runs the server until the process is told to stop. */
public final class ServeCommand implements Command {
  private static final System.Logger LOG = System.getLogger(ServeCommand.class.getName());

  /** How long a stop may take, beside the drain, before the process ends all the same. */
  private static final int STOP_SECONDS = 25;

  /** An event loop that is busy for longer is reported in the log. */
  private static final int BLOCKED_MILLISECONDS = 200;

  @Override
  public String name() {
    return "serve";
  }

  @Override
  public String summary() {
    return "Runs the server in the foreground (up starts it in the background).";
  }

  @Override
  public String arguments() {
    return "";
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal) throws InterruptedException {
    Settings settings = terminal.settings();
    if (TelemetryOptions.of(settings).logFormat().equals("json")) {
      LogSetup.json();
    }
    String databaseUrl = DatabaseOptions.of(settings).requiredUrl();
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
                .setMaxEventLoopExecuteTime(BLOCKED_MILLISECONDS));
    Server server =
        await(Server.start(vertx, settings, databaseUrl, StoredDecoders.of(settings)), vertx);
    long patience = STOP_SECONDS + settings.value(ServerSettings.DRAIN).toSeconds();
    StopSignal.before(() -> stop(server, vertx, terminal, patience));
    LOG.log(
        System.Logger.Level.INFO,
        "listening on http://{0}:{1}",
        settings.value(Endpoint.HOST),
        String.valueOf(server.port()));
    return ExitCode.RUNNING;
  }

  private static Server await(Future<Server> starting, Vertx vertx) throws InterruptedException {
    try {
      return starting.toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException failed) {
      vertx.close();
      if (failed.getCause() instanceof ProblemException problem) {
        throw problem;
      }
      throw new ProblemException(
          ProblemException.Kind.INTERNAL,
          "the server could not start: " + failed.getCause(),
          failed);
    }
  }

  private static void stop(Server server, Vertx vertx, Terminal terminal, long patience) {
    try {
      server
          .stop()
          .eventually(vertx::close)
          .toCompletionStage()
          .toCompletableFuture()
          .get(patience, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      terminal.err().println("kvasir: stopped without waiting any longer: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
