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
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/** What a person wrote, in the file or in the environment: a value for each setting, checked. */
public final class Settings {
  /** Where nobody wrote anything. */
  public static final Settings DEFAULTS = new Settings(DataFolder.usual(Map.of()));

  /** Variables of the tests and the launcher, and those that Kubernetes sets for a service. */
  private static final List<String> OTHER_VARIABLES =
      List.of("KVASIR_TEST_", "KVASIR_LAUNCHER_", "KVASIR_SERVICE_", "KVASIR_PORT");

  private record Entry(String text, String origin) {}

  private final Map<String, Entry> entries = new HashMap<>();
  private final Path dataFolder;

  private Settings(Path dataFolder) {
    this.dataFolder = dataFolder;
  }

  /**
   * Reads the file, if there is one, and the environment, which wins.
   *
   * @throws ProblemException INVALID for an unknown key, naming the nearest known one
   */
  static Settings read(List<Setting<?>> known, Path file, Map<String, String> environment) {
    Settings settings = new Settings(DataFolder.of(environment));
    List<String> problems = new ArrayList<>();
    if (Files.exists(file)) {
      settings.readFile(known, file, problems);
    }
    settings.readEnvironment(known, environment, problems);
    if (!problems.isEmpty()) {
      throw new ProblemException(ProblemException.Kind.INVALID, String.join("\n", problems));
    }
    return settings;
  }

  private void readFile(List<Setting<?>> known, Path file, List<String> problems) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "cannot read the settings in %s: %s".formatted(file, e.getMessage()),
          e);
    }
    List<String> keys = known.stream().map(Setting::key).toList();
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      if (key.equals(DataFolder.SETTING.key())) {
        problems.add(
            "data.dir in %s says where that file itself is; set %s instead"
                .formatted(file, DataFolder.SETTING.variable()));
      } else if (keys.contains(key)) {
        entries.put(key, new Entry(properties.getProperty(key), "in " + file));
      } else {
        problems.add(
            "unknown setting \"%s\" in %s%s".formatted(key, file, NearestName.hint(key, keys)));
      }
    }
  }

  private void readEnvironment(
      List<Setting<?>> known, Map<String, String> environment, List<String> problems) {
    Map<String, String> keyOfVariable = new HashMap<>();
    known.forEach(setting -> keyOfVariable.put(setting.variable(), setting.key()));
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

  /** The folder that everything is kept in, which the environment alone names. */
  public Path dataFolder() {
    return dataFolder;
  }

  /**
   * The value of a setting: what was written, or its default.
   *
   * @throws ProblemException INVALID, naming the setting, what was written and what it can be
   */
  public <T> T value(Setting<T> setting) {
    Entry entry = entries.get(setting.key());
    return entry == null
        ? setting.parse(setting.standard(), "the default")
        : setting.parse(entry.text(), entry.origin());
  }

  /** The value of a setting if somebody wrote one. */
  public <T> Optional<T> written(Setting<T> setting) {
    return entries.containsKey(setting.key()) ? Optional.of(value(setting)) : Optional.empty();
  }

  /** The value of a setting that may be left empty. */
  public Optional<String> optional(Setting<String> setting) {
    return Optional.of(value(setting)).filter(text -> !text.isEmpty());
  }

  /**
   * Holds one setting to another.
   *
   * @throws ProblemException INVALID if the one is above the other, naming both
   */
  public void requireAtMost(Setting<Integer> one, Setting<Integer> other) {
    int value = value(one);
    int most = value(other);
    if (value > most) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "%s is %d, which is above %s (%d); lower the one or raise the other"
              .formatted(one.key(), value, other.key(), most));
    }
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
