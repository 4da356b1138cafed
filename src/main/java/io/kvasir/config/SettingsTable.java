package io.kvasir.config;

import io.kvasir.core.NearestName;
import io.kvasir.core.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Every setting with its present value, as {@code kvasir settings} shows it. */
public final class SettingsTable {

  private SettingsTable() {}

  /**
   * One setting.
   *
   * @param key its name
   * @param variable the environment variable that sets it
   * @param value the present value as written; a password is not shown
   * @param origin {@code default}, or where the value was written
   * @param standard the default as written
   * @param range what is allowed
   * @param explanation what it is for
   */
  public record Row(
      String key,
      String variable,
      String value,
      String origin,
      String standard,
      String range,
      String explanation) {}

  /** All of them, in the order in which they are explained. */
  public static List<Row> rows(KnownSettings known, Path file, Map<String, String> environment) {
    Settings settings = Settings.read(known.all(), file, environment);
    return known.all().stream()
        .<Row>map(
            setting ->
                new Row(
                    setting.key(),
                    setting.variable(),
                    shown(setting, settings),
                    settings.origin(setting),
                    setting.standard(),
                    setting.range(),
                    setting.explanation()))
        .toList();
  }

  /**
   * The row of a key.
   *
   * @throws ProblemException INVALID for an unknown key, naming the nearest
   */
  public static Row row(List<Row> rows, String key) {
    return rows.stream()
        .filter(row -> row.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemException.Kind.INVALID,
                    "unknown setting \"%s\"%s"
                        .formatted(
                            key, NearestName.hint(key, rows.stream().map(Row::key).toList()))));
  }

  private static String shown(Setting<?> setting, Settings settings) {
    if (setting.equals(DataFolder.SETTING)) {
      return settings.dataFolder().toString();
    }
    String text = settings.text(setting);
    return setting.secret() && !text.isEmpty() ? Setting.HIDDEN : text;
  }
}
