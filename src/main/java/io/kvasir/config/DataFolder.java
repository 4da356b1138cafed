package io.kvasir.config;

import java.nio.file.Path;
import java.util.Map;

/** Where Kvasir keeps everything, and where in it. */
public final class DataFolder {
  /** The folder, as it can be set. */
  public static final Setting<String> SETTING =
      Setting.text(
          "data.dir",
          "",
          "a folder",
          "Where everything is kept; only from the environment, since the file lies in it. Default:"
              + " ~/.local/share/kvasir, for root /var/lib/kvasir.");

  /** That of root, whose home no other user can reach (PostgreSQL refuses to run as root). */
  public static final Path OF_ROOT = Path.of("/var/lib/kvasir");

  private DataFolder() {}

  /** The data folder: what KVASIR_DATA_DIR says, else the {@link #usual} one. */
  public static Path of(Map<String, String> environment) {
    String named = environment.getOrDefault(SETTING.variable(), "").strip();
    return named.isEmpty() ? usual(environment) : Path.of(named).toAbsolutePath().normalize();
  }

  /** Where it is when nothing is said: {@code kvasir} in the user's own data folder, or root's. */
  public static Path usual(Map<String, String> environment) {
    if (System.getProperty("user.name", "").equals("root")) {
      return OF_ROOT;
    }
    String shared = environment.getOrDefault("XDG_DATA_HOME", "");
    if (!shared.isEmpty()) {
      return Path.of(shared, "kvasir").toAbsolutePath();
    }
    String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
    return Path.of(home, ".local", "share", "kvasir").toAbsolutePath();
  }

  /** The settings file of a data folder. */
  public static Path settingsFile(Path dataFolder) {
    return dataFolder.resolve("kvasir.properties");
  }
}
