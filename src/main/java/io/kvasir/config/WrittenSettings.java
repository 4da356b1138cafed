package io.kvasir.config;

import io.kvasir.core.NearestName;
import io.kvasir.core.ProblemException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;

/** What a person wrote, in the file or in the environment, before it is given a type. */
final class WrittenSettings {
  /** Variables of the tests and the launcher, and those that Kubernetes sets for a service. */
  private static final List<String> OTHER_VARIABLES =
      List.of("KVASIR_TEST_", "KVASIR_LAUNCHER_", "KVASIR_SERVICE_", "KVASIR_PORT");

  private record Entry(String text, String origin) {}

  private final Map<String, Entry> entries = new HashMap<>();

  private WrittenSettings() {}

  /**
   * Reads the file, if there is one, and the environment, which wins.
   *
   * @throws ProblemException INVALID for an unknown key, naming the nearest known one
   */
  static WrittenSettings read(Path file, Map<String, String> environment) {
    WrittenSettings written = new WrittenSettings();
    List<String> problems = new ArrayList<>();
    if (Files.exists(file)) {
      written.readFile(file, problems);
    }
    written.readEnvironment(environment, problems);
    if (!problems.isEmpty()) {
      throw new ProblemException(ProblemException.Kind.INVALID, String.join("\n", problems));
    }
    return written;
  }

  private void readFile(Path file, List<String> problems) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "cannot read the settings in %s: %s".formatted(file, e.getMessage()),
          e);
    }
    List<String> keys = KnownSettings.ALL.stream().map(Setting::key).toList();
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      if (key.equals(KnownSettings.DATA_DIR.key())) {
        problems.add(
            "data.dir in %s says where that file itself is; set %s instead"
                .formatted(file, KnownSettings.DATA_DIR.variable()));
      } else if (keys.contains(key)) {
        entries.put(key, new Entry(properties.getProperty(key), "in " + file));
      } else {
        problems.add(
            "unknown setting \"%s\" in %s%s".formatted(key, file, NearestName.hint(key, keys)));
      }
    }
  }

  private void readEnvironment(Map<String, String> environment, List<String> problems) {
    Map<String, String> keyOfVariable = new HashMap<>();
    KnownSettings.ALL.forEach(setting -> keyOfVariable.put(setting.variable(), setting.key()));
    for (String name : new TreeSet<>(environment.keySet())) {
      if (!Setting.isVariable(name) || OTHER_VARIABLES.stream().anyMatch(name::startsWith)) {
        continue;
      }
      String key = keyOfVariable.get(name);
      if (key == null) {
        problems.add(
            "unknown setting %s in the environment%s"
                .formatted(name, NearestName.hint(name, keyOfVariable.keySet())));
      } else {
        entries.put(key, new Entry(environment.getOrDefault(name, ""), "from " + name));
      }
    }
  }

  /** The value of a setting: what was written, or its default. */
  <T> T value(Setting<T> setting) {
    Entry entry = entries.get(setting.key());
    return entry == null
        ? setting.parse(setting.standard(), "the default")
        : setting.parse(entry.text(), entry.origin());
  }

  /** What was written, or the default; nothing is checked. */
  String text(Setting<?> setting) {
    Entry entry = entries.get(setting.key());
    return entry == null ? setting.standard() : entry.text();
  }

  /** Where the value comes from, in words. */
  String origin(Setting<?> setting) {
    Entry entry = entries.get(setting.key());
    return entry == null ? "default" : entry.origin();
  }
}
