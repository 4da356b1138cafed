package io.kvasir.bench;

import io.kvasir.cli.Arguments;
import io.kvasir.cli.Command;
import io.kvasir.cli.ExitCode;
import io.kvasir.cli.Terminal;
import io.kvasir.core.Document;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Workspace;
import io.kvasir.encode.Encoder;
import io.kvasir.encode.Encoders;
import io.kvasir.evaluate.dataset.DatasetReader;
import io.kvasir.evaluate.dataset.SourceDocument;
import io.kvasir.models.Catalogue;
import io.kvasir.onnx.OnnxEncoder;
import io.kvasir.postgres.Database;
import io.kvasir.postgres.DatabaseOptions;
import io.kvasir.postgres.Migrations;
import io.kvasir.postgres.NearestPassages;
import io.kvasir.postgres.PostgresLibrary;
import io.kvasir.postgres.PostgresRetriever;
import io.kvasir.retrieve.Fusion;
import io.kvasir.retrieve.Library;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * {@code kvasir bench scale}: how long a search of a large collection takes, and what it misses.
 */
public final class ScaleCommand implements Command {
  private static final int PASSAGES = 10_000;
  private static final int MOST_PASSAGES = 10_000_000;
  private static final int ENCODED = 100_000;
  private static final int QUESTIONS = 500;
  private static final int THREADS = 2;
  private static final int CONNECTIONS = 4;

  @Override
  public String name() {
    return "bench scale";
  }

  @Override
  public String summary() {
    return "Measures searches of a collection of many passages, composed of sentences by a seed.";
  }

  @Override
  public String arguments() {
    return "";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("passages", "N", "How many. Default: " + PASSAGES + "."),
        new Option("dataset", "PATH,…", "Whose documents the sentences are of."),
        new Option("collection", "NAME,…", "The same of collections that are there."),
        new Option("language", "CODE", "Of all of them, en or zh. Default: en."),
        new Option(
            "encoded",
            "N",
            "How many are encoded; the others' vectors lie around theirs. Default: "
                + ENCODED
                + "."),
        new Option("questions", "N", "How many are asked. Default: " + QUESTIONS + "."),
        new Option("seed", "N", "Of what is drawn. Default: 1."),
        new Option("keep", "", "Leaves the collection, for another run."));
  }

  @Override
  public String note() {
    return "The collection is of the database that database.url names, called bench-scale-N.";
  }

  @Override
  public boolean computes() {
    return true;
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal) {
    arguments.none();
    String url =
        DatabaseOptions.of(terminal.settings())
            .url()
            .orElseThrow(
                () ->
                    new ProblemException(
                        Kind.INVALID,
                        "Say where PostgreSQL is: set database.url, or KVASIR_DATABASE_URL in the environment."));
    Vertx vertx = Vertx.vertx();
    Database database = Database.open(vertx, url, CONNECTIONS);
    try (Encoder encoder =
        OnnxEncoder.open(Catalogue.shipped().encoder(language(arguments)), THREADS)) {
      new Migrations(database).run().await();
      measure(arguments, terminal, database, encoder);
      return ExitCode.OK;
    } finally {
      database.close().await();
      vertx.close().await();
    }
  }

  private static void measure(
      Arguments arguments, Terminal terminal, Database database, Encoder encoder) {
    int passages = whole(arguments, "passages", PASSAGES, 1, MOST_PASSAGES);
    int encoded = whole(arguments, "encoded", ENCODED, 1, MOST_PASSAGES);
    int questions = whole(arguments, "questions", QUESTIONS, 1, 100_000);
    int seed = whole(arguments, "seed", 1, 0, Integer.MAX_VALUE);
    Library library = new PostgresLibrary(database);
    ScaleText text = new ScaleText(texts(arguments, library), language(arguments), seed);
    if (text.sentences() == 0) {
      throw new ProblemException(
          Kind.INVALID, "there are no sentences; name --dataset PATH or --collection NAME");
    }
    String name = "bench-scale-" + passages;
    ScaleCollection collection =
        new ScaleCollection(library, name, text, new ScaleVectors(encoder, encoded, seed));
    PrintStream out = terminal.out();
    EngineMachine.describe().forEach((what, value) -> out.println(what + ": " + value));
    out.printf(
        "%d passages of %d sentences, seed %d; %d encoded with %s, the others' vectors drawn around those%n",
        passages,
        text.sentences(),
        seed,
        Math.min(passages, encoded),
        encoder.description().name());
    long start = System.nanoTime();
    collection.fill(
        passages,
        encoder.description(),
        language(arguments),
        done -> say(out, done, passages, start));
    NearestPassages nearest = new NearestPassages(database);
    long built = System.nanoTime();
    nearest.index(name).await();
    out.printf(
        "stored in %.0f s; an index made anew takes %.1f s%n",
        (built - start) / 1e9, (System.nanoTime() - built) / 1e9);
    out.println(nearest.sizes(name).await());
    out.println("load before: " + EngineMachine.load());
    try {
      new ScaleBench(
              new PostgresRetriever(
                  database, new Encoders(List.of(encoder)), Fusion.of(terminal.settings())),
              nearest,
              collection,
              name,
              out)
          .run(text.questions(questions), collection.scope(passages));
    } catch (InterruptedException | ExecutionException failed) {
      throw new ProblemException(Kind.INTERNAL, "a search failed: " + failed.getMessage(), failed);
    }
    out.printf("load after: %s; this process: %s%n", EngineMachine.load(), EngineMemory.now());
    if (!arguments.has("keep")) {
      collection.delete();
    }
  }

  private static void say(PrintStream out, int done, int all, long start) {
    if (done % Math.max(1_000, all / 10) == 0 && done < all) {
      out.printf("  %d passages after %.0f s%n", done, (System.nanoTime() - start) / 1e9);
    }
  }

  private static String language(Arguments arguments) {
    return arguments.value("language").orElse("en");
  }

  private static List<String> texts(Arguments arguments, Library library) {
    List<String> texts = new ArrayList<>();
    for (String path : listed(arguments.value("dataset"))) {
      DatasetReader.read(Path.of(path)).documents().stream()
          .map(SourceDocument::text)
          .forEach(texts::add);
    }
    for (String name : listed(arguments.value("collection"))) {
      for (Document document : library.documents(Workspace.ONLY, name).await()) {
        texts.add(library.document(Workspace.ONLY, document.id()).await().text());
      }
    }
    return texts;
  }

  private static List<String> listed(Optional<String> said) {
    return said.map(all -> List.of(all.split(",", -1))).orElse(List.of());
  }

  private static int whole(Arguments arguments, String name, int otherwise, int least, int most) {
    int value = arguments.number(name, Integer::valueOf).orElse(otherwise);
    if (value < least || value > most) {
      throw new ProblemException(
          Kind.INVALID, "--%s is %d; it can be %d to %d".formatted(name, value, least, most));
    }
    return value;
  }
}
