package io.kvasir.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** On what, and with what, a bench was run. */
final class EngineMachine {
  private EngineMachine() {}

  /** Names and values, in the order in which they are shown. */
  static Map<String, String> describe() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("measured at", Instant.now().truncatedTo(ChronoUnit.MINUTES).toString());
    facts.put("processor", line("/proc/cpuinfo", "model name"));
    facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("memory", line("/proc/meminfo", "MemTotal"));
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("Java", Runtime.version().toString());
    return facts;
  }

  /** How many others want the processor: the load of the last minute; nothing if unknown. */
  static String load() {
    try {
      return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
    } catch (IOException e) {
      return "";
    }
  }

  /** Memory of this process that is really there; 0 if unknown. */
  static long residentKib() {
    String resident = line("/proc/self/status", "VmRSS").replaceAll("\\D", "");
    return resident.isEmpty() ? 0 : Long.parseLong(resident);
  }

  private static String line(String file, String name) {
    try (var lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
