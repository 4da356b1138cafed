package io.kvasir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.ProblemException;
import io.kvasir.retrieve.Fusion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is set is used or refused in words; nothing that was written is ignored. */
final class SettingsTest {
  @TempDir Path folder;

  private Settings load(String text, Map<String, String> environment) throws IOException {
    Path file = folder.resolve("kvasir.properties");
    Files.writeString(file, text);
    return Settings.load(file, environment);
  }

  @Test
  void everySettingHasAValidDefault() {
    Settings settings = Settings.load(folder.resolve("none"), Map.of());
    assertThat(settings.http().port()).isEqualTo(8080);
    assertThat(settings.http().host()).isEqualTo("127.0.0.1");
    assertThat(settings.http().maxBodyBytes()).isEqualTo(1 << 20);
    assertThat(settings.engine().watchedLayers()).isEmpty();
    assertThat(settings.database().url()).isEmpty();
    assertThat(settings.promptBudget()).isEqualTo(2048);
  }

  @Test
  void fileIsReadAndTheEnvironmentWins() throws IOException {
    Settings settings =
        load(
            "http.port = 9000\nhttp.host=0.0.0.0\nengine.watched-layers=3, 5\n"
                + "ingest.max-file-bytes=2MiB\nhttp.allowed-hosts=a.example,b.example",
            Map.of("KVASIR_HTTP_PORT", "9100", "KVASIR_DATA_DIR", folder.toString(), "HOME", "/x"));
    assertThat(settings.http().port()).isEqualTo(9100);
    assertThat(settings.http().host()).isEqualTo("0.0.0.0");
    assertThat(settings.engine().watchedLayers()).containsExactly(3, 5);
    assertThat(settings.ingest().maxFileBytes()).isEqualTo(2 << 20);
    assertThat(settings.http().allowedHosts()).containsExactly("a.example", "b.example");
    assertThat(settings.models().dir()).isEqualTo(folder.resolve("models"));
  }

  @Test
  void theSearchesAreFusedAsMeasuredUnlessSomebodySaysOtherwise() throws IOException {
    assertThat(fusion(load("", Map.of()))).isEqualTo(Fusion.DEFAULT);
    assertThat(fusion(load("retrieve.lexical-weight=0.25", Map.of())).lexical()).isEqualTo(0.25);
    assertThatThrownBy(() -> load("retrieve.lexical-weight=NaN", Map.of()))
        .hasMessageContaining("it can be 0 to 100");
    assertThatThrownBy(() -> load("retrieve.lexical-weight=0\nretrieve.dense-weight=0", Map.of()))
        .hasMessageContaining("are both 0, so nothing would be found");
  }

  private static Fusion fusion(Settings settings) {
    Settings.Retrieve retrieve = settings.retrieve();
    return new Fusion(
        retrieve.candidates(),
        retrieve.rankConstant(),
        retrieve.denseWeight(),
        retrieve.lexicalWeight());
  }

  @Test
  void unknownKeyNamesTheNearest() {
    assertThatThrownBy(() -> load("http.prot=1", Map.of()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("http.prot")
        .hasMessageContaining("did you mean \"http.port\"");
    assertThatThrownBy(() -> load("", Map.of("KVASIR_ENGINE_SLOT", "1")))
        .hasMessageContaining("did you mean \"KVASIR_ENGINE_SLOTS\"");
  }

  @Test
  void variablesOfTestsAndOfKubernetesAreNoSettings() throws IOException {
    Settings settings =
        load("", Map.of("KVASIR_TEST_DATABASE_URL", "x", "KVASIR_PORT", "tcp://10.0.0.1:80"));
    assertThat(settings.http().port()).isEqualTo(8080);
  }

  @ParameterizedTest
  @CsvSource({
    "http.port, 70000, 0 to 65535",
    "http.port, eighty, 0 to 65535",
    "http.port, 99999999999999999999, 0 to 65535",
    "http.max-body-bytes, 3MB, 1KiB to 64MiB",
    "http.max-body-bytes, 1GiB, 1KiB to 64MiB",
    "engine.watched-layers, '1,-2', layers from 0",
    "default.collection, 'Not a name', lower case letters",
    "models.default, ../../x, the name of a model",
  })
  void wrongValueNamesKeyValueAndRange(String key, String value, String range) {
    assertThatThrownBy(() -> load(key + "=" + value, Map.of()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(value)
        .hasMessageContaining(range);
  }

  @ParameterizedTest
  @CsvSource({
    "database.url, mysql://user:word@host, postgresql://",
    "http.key, too-short, 20 to 200 characters"
  })
  void wrongSecretIsNotRepeated(String key, String value, String range) {
    assertThatThrownBy(() -> load(key + "=" + value, Map.of()))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(range)
        .satisfies(
            thrown -> {
              java.io.StringWriter all = new java.io.StringWriter();
              thrown.printStackTrace(new java.io.PrintWriter(all));
              assertThat(all.toString()).doesNotContain(value);
            });
  }

  @Test
  void settingsThatContradictEachOtherAreNamed() {
    assertThatThrownBy(() -> load("engine.context=1024", Map.of()))
        .hasMessageContaining("prompt.budget is 2048")
        .hasMessageContaining("engine.context (1024)");
    assertThatThrownBy(() -> load("data.dir=/elsewhere", Map.of()))
        .hasMessageContaining("KVASIR_DATA_DIR");
  }

  @Test
  void tableShowsEverythingButThePassword() throws IOException {
    Path file = folder.resolve("kvasir.properties");
    Files.writeString(file, "database.url=postgresql://u:secret@h/d\nretrieve.k=7");
    var rows = SettingsTable.rows(file, Map.of("KVASIR_DATA_DIR", folder.toString()));
    assertThat(rows).noneMatch(row -> row.toString().contains("secret"));
    assertThat(rows).allMatch(row -> !row.explanation().isEmpty() && !row.range().isEmpty());
    assertThat(rows)
        .anyMatch(row -> row.key().equals("retrieve.k") && row.value().equals("7"))
        .anyMatch(row -> row.key().equals("data.dir") && row.value().equals(folder.toString()));
  }
}
