package io.kvasir.config;

import io.kvasir.core.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The settings that there are, of one package or of all: a name that is none of them is an error.
 *
 * @param all in the order in which they are explained
 * @param checks each throws a ProblemException where what is set contradicts itself
 */
public record KnownSettings(List<Setting<?>> all, List<Consumer<Settings>> checks) {
  public KnownSettings {
    all = List.copyOf(all);
    checks = List.copyOf(checks);
  }

  /** Settings that contradict nothing. */
  public static KnownSettings of(Setting<?>... all) {
    return new KnownSettings(List.of(all), List.of());
  }

  /** The same settings, held against one another too. */
  public KnownSettings checked(Consumer<Settings> check) {
    return new KnownSettings(all, List.of(check));
  }

  /** Those of several packages, in this order. */
  public static KnownSettings join(List<KnownSettings> packages) {
    return new KnownSettings(
        packages.stream().<Setting<?>>flatMap(each -> each.all().stream()).toList(),
        packages.stream().flatMap(each -> each.checks().stream()).toList());
  }

  /**
   * Reads the settings of the data folder that the environment names.
   *
   * @throws ProblemException INVALID, naming what is wrong, and what is allowed or known
   */
  public Settings load(Map<String, String> environment) {
    return load(DataFolder.settingsFile(DataFolder.of(environment)), environment);
  }

  /**
   * Reads the settings of a file, which need not exist, and the environment, which wins.
   *
   * @throws ProblemException INVALID, naming what is wrong, and what is allowed or known
   */
  public Settings load(Path file, Map<String, String> environment) {
    Settings settings = Settings.read(all, file, environment);
    all.forEach(settings::value);
    checks.forEach(check -> check.accept(settings));
    return settings;
  }
}
