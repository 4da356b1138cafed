package io.kvasir.bench;

import io.kvasir.cli.Arguments;
import io.kvasir.cli.Command;
import io.kvasir.cli.ExitCode;
import io.kvasir.cli.Terminal;
import io.kvasir.config.Settings;
import io.kvasir.core.ProblemException;
import io.kvasir.encode.Encoders;
import io.kvasir.models.Catalogue;
import io.kvasir.onnx.OnnxEncoder;
import io.kvasir.postgres.Database;
import io.kvasir.postgres.DatabaseOptions;
import io.kvasir.postgres.Migrations;
import io.kvasir.postgres.PostgresLibrary;
import io.kvasir.postgres.PostgresRetriever;
import io.kvasir.retrieve.Fusion;
import io.vertx.core.Vertx;
import java.util.List;

/** {@code kvasir bench retrieval}: how well passages are found, as tables. */
public final class RetrievalCommand implements Command {
  private static final int CONNECTIONS = 2;

  @Override
  public String name() {
    return "bench retrieval";
  }

  @Override
  public String summary() {
    return "Measures how well passages are found, by questions whose section is known.";
  }

  @Override
  public String arguments() {
    return "COLLECTION|FILE…";
  }

  @Override
  public boolean computes() {
    return true;
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal) {
    List<String> sources = arguments.rest();
    if (sources.isEmpty()) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "name a collection whose headings are questions, or a file of questions in SQuAD's format");
    }
    Settings settings = terminal.settings();
    String url = DatabaseOptions.of(settings).requiredUrl();
    Vertx vertx = Vertx.vertx();
    try (Encoders encoders =
        new Encoders(
            Catalogue.shipped().encoders().stream()
                .map(model -> OnnxEncoder.open(model, 1))
                .toList())) {
      Database database = Database.open(vertx, url, CONNECTIONS);
      new Migrations(database).run().await();
      Fusion fusion = Fusion.of(settings);
      new RetrievalBench(
              new PostgresLibrary(database),
              new PostgresRetriever(database, encoders, fusion),
              encoders,
              fusion)
          .run(sources, terminal.out());
      database.close().await();
    } finally {
      vertx.close().await();
    }
    return ExitCode.OK;
  }
}
