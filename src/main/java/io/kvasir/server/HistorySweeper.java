package io.kvasir.server;

import io.kvasir.config.Setting;
import io.kvasir.config.Settings;
import io.kvasir.contrast.Conversations;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Forgets conversations in which nobody asked for as long as a setting says. */
final class HistorySweeper {
  /** For how many days; empty for ever. */
  static final Setting<String> KEEP_DAYS =
      Setting.text(
          "history.keep-days",
          "",
          Pattern.compile("|[1-9][0-9]{0,3}"),
          "1 to 9999, or empty",
          "Days after its last question for which a conversation is kept; unset, it is kept for"
              + " ever.");

  /** How often it looks. */
  static final Duration PERIOD = Duration.ofHours(1);

  private static final System.Logger LOG = System.getLogger(HistorySweeper.class.getName());

  private final Vertx vertx;
  private final Conversations conversations;
  private final Optional<Duration> age;
  private @Nullable Long timer;

  HistorySweeper(Vertx vertx, Conversations conversations, Settings settings) {
    this.vertx = vertx;
    this.conversations = conversations;
    this.age = settings.optional(KEEP_DAYS).map(days -> Duration.ofDays(Long.parseLong(days)));
  }

  /** Sweeps now and again and again, if there is something to sweep at all. */
  void start() {
    age.ifPresent(
        old -> {
          sweepAndLog(old);
          timer = vertx.setPeriodic(PERIOD.toMillis(), due -> sweepAndLog(old));
        });
  }

  Future<Void> stop() {
    Long running = timer;
    if (running != null) {
      vertx.cancelTimer(running);
    }
    return Future.succeededFuture();
  }

  private void sweepAndLog(Duration old) {
    sweep(old, 0)
        .onSuccess(
            gone -> {
              if (gone > 0) {
                LOG.log(
                    System.Logger.Level.INFO,
                    "{0} contrasts older than history.keep-days were deleted",
                    gone);
              }
            })
        .onFailure(
            failure ->
                LOG.log(
                    System.Logger.Level.WARNING,
                    "old conversations were not deleted: " + failure.getMessage()));
  }

  /** Step by step, so that no transaction is long; gives how many contrasts are gone. */
  Future<Integer> sweep(Duration old, int before) {
    return conversations
        .forget(old)
        .compose(gone -> gone == 0 ? Future.succeededFuture(before) : sweep(old, before + gone));
  }
}
