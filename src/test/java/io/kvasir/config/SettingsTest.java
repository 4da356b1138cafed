package io.kvasir.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.contrast.ContrastLimits;
import io.kvasir.core.ProblemException;
import io.kvasir.generate.EngineOptions;
import io.kvasir.http.exchange.HttpOptions;
import io.kvasir.ingest.IngestionLimits;
import io.kvasir.models.ModelOptions;
import io.kvasir.postgres.DatabaseOptions;
import io.kvasir.retrieve.Fusion;
import io.kvasir.server.ServerSettings;
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
    return ServerSettings.ALL.load(file, environment);
  }

  @Test
  void everySettingHasAValidDefault() {
    Settings settings = ServerSettings.ALL.load(folder.resolve("none"), Map.of());
    HttpOptions http = HttpOptions.of(settings, folder);
    assertThat(http.endpoint().port()).isEqualTo(8080);
    assertThat(http.endpoint().host()).isEqualTo("127.0.0.1");
    assertThat(http.limits().requests().bodyBytes()).isEqualTo(1 << 20);
    assertThat(EngineOptions.of(settings).watchedLayers()).isEmpty();
    assertThat(DatabaseOptions.of(settings).url()).isEmpty();
    assertThat(ContrastLimits.of(settings).budget()).isEqualTo(2048);
  }

  @Test
  void fileIsReadAndTheEnvironmentWins() throws IOException {
    Settings settings =
        load(
            "http.port = 9000\nhttp.host=0.0.0.0\nengine.watched-layers=3, 5\n"
                + "ingest.max-file-bytes=2MiB\nhttp.allowed-hosts=a.example,b.example",
            Map.of("KVASIR_HTTP_PORT", "9100", "KVASIR_DATA_DIR", folder.toString(), "HOME", "/x"));
    HttpOptions http = HttpOptions.of(settings, folder);
    assertThat(http.endpoint().port()).isEqualTo(9100);
    assertThat(http.endpoint().host()).isEqualTo("0.0.0.0");
    assertThat(EngineOptions.of(settings).watchedLayers()).containsExactly(3, 5);
    assertThat(IngestionLimits.of(settings).maxFileBytes()).isEqualTo(2 << 20);
    assertThat(http.allowedHosts()).containsExactly("a.example", "b.example");
    assertThat(ModelOptions.of(settings).dir()).isEqualTo(folder.resolve("models"));
  }

  @Test
  void theSearchesAreFusedAsMeasuredUnlessSomebodySaysOtherwise() throws IOException {
    assertThat(Fusion.of(load("", Map.of()))).isEqualTo(Fusion.DEFAULT);
    assertThat(Fusion.of(load("retrieve.lexical-weight=0.25", Map.of())).weight("lexical"))
        .isEqualTo(0.25);
    assertThatThrownBy(() -> load("retrieve.lexical-weight=NaN", Map.of()))
        .hasMessageContaining("it can be 0 to 100");
    assertThatThrownBy(() -> load("retrieve.lexical-weight=0\nretrieve.dense-weight=0", Map.of()))
        .hasMessageContaining("are both 0, so nothing would be found");
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
    assertThat(settings.value(Endpoint.PORT)).isEqualTo(8080);
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
    "contrast.max-question-characters, 10000, 1 to 9999",
    "log.content, maybe, yes or no",
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
    var rows =
        SettingsTable.rows(ServerSettings.ALL, file, Map.of("KVASIR_DATA_DIR", folder.toString()));
    assertThat(rows).noneMatch(row -> row.toString().contains("secret"));
    assertThat(rows).allMatch(row -> !row.explanation().isEmpty() && !row.range().isEmpty());
    assertThat(rows)
        .anyMatch(row -> row.key().equals("retrieve.k") && row.value().equals("7"))
        .anyMatch(row -> row.key().equals("data.dir") && row.value().equals(folder.toString()));
  }
}
