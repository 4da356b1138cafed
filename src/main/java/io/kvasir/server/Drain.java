package io.kvasir.server;

import io.kvasir.contrast.ContrastService;
import io.kvasir.evidence.EvidenceService;
import io.kvasir.experiment.ExperimentService;
import io.kvasir.http.HttpVerticle;
import io.vertx.core.Future;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How a server comes to rest before anything is closed: no new work, time for what runs, then an
 * end to it in words.
 *
 * @param http takes no new work from then on
 * @param contrasts may end, and are kept
 * @param evidence may be found
 * @param experiments ask nothing more
 */
record Drain(
    HttpVerticle http,
    ContrastService contrasts,
    EvidenceService evidence,
    ExperimentService experiments) {
  private static final System.Logger LOG = System.getLogger(Drain.class.getName());

  /** How long cancelled answers may take to end and to be kept. */
  private static final int CANCEL_SECONDS = 10;

  private static final String REASON = "Kvasir is shutting down; ask again once it is back.";

  /**
   * Comes to rest.
   *
   * @param patience how long what runs may take
   * @return completes when nothing runs and every trace is kept; fails if that takes too long
   */
  Future<Void> run(Duration patience) {
    LOG.log(Level.INFO, "stopping; what runs may end");
    experiments.stop();
    return Future.join(http.drain(), contrasts.idle())
        .<Void>mapEmpty()
        .timeout(Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS)
        .recover(late -> cancel());
  }

  private Future<Void> cancel() {
    LOG.log(Level.INFO, "stopping; what still runs is cancelled");
    contrasts.stop(REASON);
    evidence.cancelAll();
    return contrasts.idle().timeout(CANCEL_SECONDS, TimeUnit.SECONDS);
  }
}
