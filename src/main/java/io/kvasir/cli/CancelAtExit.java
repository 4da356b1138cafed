package io.kvasir.cli;

import io.kvasir.core.ProblemException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Cancels a contrast when the process is interrupted while it runs, so that its slots are free at
 * once and not only when the server notices that nobody reads.
 */
final class CancelAtExit implements AutoCloseable {
  private final ServerClient client;
  private @Nullable Thread hook;

  CancelAtExit(ServerClient client) {
    this.client = client;
  }

  /** From now on this contrast is cancelled if the process is interrupted. */
  void begin(String contrast) {
    Thread thread = new Thread(() -> cancel(contrast), "cancel at exit");
    Runtime.getRuntime().addShutdownHook(thread);
    hook = thread;
  }

  private void cancel(String contrast) {
    try {
      client.post("/api/contrasts/" + ServerClient.segment(contrast) + "/cancel");
    } catch (IOException | ProblemException e) {
      System.err.println("kvasir: could not cancel the contrast: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    Thread thread = hook;
    if (thread != null) {
      Runtime.getRuntime().removeShutdownHook(thread);
    }
  }
}
