package io.kvasir.server;

import io.kvasir.cli.Arguments;
import io.kvasir.cli.Command;
import io.kvasir.cli.ExitCode;
import io.kvasir.cli.Terminal;
import io.kvasir.config.Settings;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Workspace;
import io.kvasir.keys.ApiKey;
import io.kvasir.keys.KeyLimits;
import io.kvasir.keys.KeyOptions;
import io.kvasir.keys.KeySecret;
import io.kvasir.keys.KeyStore;
import io.kvasir.postgres.Database;
import io.kvasir.postgres.DatabaseOptions;
import io.kvasir.postgres.Migrations;
import io.kvasir.postgres.PostgresKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** {@code kvasir keys create|list|revoke}: the keys of the API, straight in the database. */
public final class KeysCommand implements Command {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final String NOTE =
      """
      Keys tell nobody apart: whoever has one reads, continues and deletes every contrast, document and
      collection, those of other keys too. Give them only to people who may see all of it.""";

  private static final Option REQUESTS =
      new Option("requests", "N", "Requests a minute; default: keys.requests-per-minute.");
  private static final Option TOKENS =
      new Option("tokens", "N", "Tokens a minute; default: keys.tokens-per-minute.");

  private final Action action;

  private KeysCommand(Action action) {
    this.action = action;
  }

  private enum Action {
    CREATE("create", "Makes a key and shows it, once.", "NAME"),
    LIST("list", "Lists the keys, without the keys themselves.", ""),
    REVOKE("revoke", "Makes a key worthless within seconds.", "NAME");

    private final String word;
    private final String summary;
    private final String arguments;

    Action(String word, String summary, String arguments) {
      this.word = word;
      this.summary = summary;
      this.arguments = arguments;
    }
  }

  /** One command for each thing that can be done. */
  public static List<Command> all() {
    return List.of(
        new KeysCommand(Action.CREATE),
        new KeysCommand(Action.LIST),
        new KeysCommand(Action.REVOKE));
  }

  @Override
  public String name() {
    return "keys " + action.word;
  }

  @Override
  public String summary() {
    return action.summary;
  }

  @Override
  public String arguments() {
    return action.arguments;
  }

  @Override
  public List<Option> options() {
    return action == Action.CREATE ? List.of(REQUESTS, TOKENS) : List.of();
  }

  @Override
  public String note() {
    return NOTE;
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal) {
    Settings settings = terminal.settings();
    Vertx vertx = Vertx.vertx();
    try {
      Database database = Database.open(vertx, DatabaseOptions.of(settings).requiredUrl(), 1);
      new Migrations(database).run().await();
      KeyStore keys = new PostgresKeys(database);
      switch (action) {
        case CREATE -> create(keys, KeyOptions.of(settings).standard(), arguments, terminal);
        case LIST -> list(keys, arguments, terminal);
        case REVOKE -> {
          String name = arguments.single("NAME");
          await(keys.revoke(Workspace.ONLY, name));
          terminal.out().printf("%s is revoked; servers know within 5 s%n", name);
        }
      }
      database.close().await();
    } finally {
      vertx.close().await();
    }
    return ExitCode.OK;
  }

  private static void create(
      KeyStore keys, KeyLimits standard, Arguments arguments, Terminal terminal) {
    String name = arguments.single("NAME");
    if (!NAME.matcher(name).matches()) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "a key's name has letters, digits, dots, hyphens and underscores, 64 at most");
    }
    KeyLimits limits =
        new KeyLimits(
            limit(arguments, REQUESTS, standard.requests()),
            limit(arguments, TOKENS, standard.tokens()));
    String secret = KeySecret.create();
    await(
        keys.add(new ApiKey(Workspace.ONLY, name, KeySecret.hash(secret), Instant.now(), limits)));
    terminal.err().println("The key is shown this once; only its hash is kept:");
    terminal.out().println(secret);
  }

  private static int limit(Arguments arguments, Option option, int standard) {
    String written = arguments.value(option.name()).orElse(Integer.toString(standard));
    try {
      int number = Integer.parseInt(written);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw notANumber(option, written, e);
    }
    throw notANumber(option, written, new IllegalArgumentException(written));
  }

  private static ProblemException notANumber(Option option, String written, Exception cause) {
    return new ProblemException(
        ProblemException.Kind.INVALID,
        "--%s is \"%s\"; it can be 0 (no limit) or more".formatted(option.name(), written),
        cause);
  }

  private static void list(KeyStore keys, Arguments arguments, Terminal terminal) {
    arguments.none();
    terminal.out().printf("%-30s %-20s %12s %12s%n", "name", "made", "requests/min", "tokens/min");
    for (ApiKey key : await(keys.list(Workspace.ONLY))) {
      terminal
          .out()
          .printf(
              "%-30s %-20.19s %12s %12s%n",
              key.name(),
              key.createdAt(),
              shown(key.limits().requests()),
              shown(key.limits().tokens()));
    }
  }

  private static String shown(int limit) {
    return limit == 0 ? "no limit" : Integer.toString(limit);
  }

  private static <T> T await(CompletionStage<T> stage) {
    return Future.fromCompletionStage(stage).await();
  }
}
