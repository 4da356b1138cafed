package io.kvasir.telemetry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kvasir.core.About;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** Writes each record of the log as one line of JSON, with the contrast it is about. */
public final class JsonFormatter extends Formatter {
  /** Longer stack traces are cut; the beginning says most. */
  private static final int LONGEST_STACK = 16_000;

  @Override
  public String format(LogRecord record) {
    ObjectNode line =
        JsonNodeFactory.instance
            .objectNode()
            .put("time", record.getInstant().toString())
            .put("level", record.getLevel().getName())
            .put("logger", record.getLoggerName())
            .put("message", formatMessage(record));
    Object[] parameters = record.getParameters();
    if (parameters != null) {
      for (Object parameter : parameters) {
        if (parameter instanceof About about) {
          line.put("contrast", about.contrast());
        }
      }
    }
    Throwable thrown = record.getThrown();
    if (thrown != null) {
      line.put("error", thrown.getClass().getName()).put("stack", stack(thrown));
    }
    return line + "\n";
  }

  private static String stack(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    String all = text.toString();
    return all.length() <= LONGEST_STACK ? all : all.substring(0, LONGEST_STACK);
  }
}
