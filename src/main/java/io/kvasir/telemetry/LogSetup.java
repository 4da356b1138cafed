package io.kvasir.telemetry;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Logger;

/** How the log of this process is written. */
public final class LogSetup {
  private LogSetup() {}

  /** From now on every line of the log is JSON. */
  public static void json() {
    Formatter formatter = new JsonFormatter();
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      handler.setFormatter(formatter);
    }
  }
}
