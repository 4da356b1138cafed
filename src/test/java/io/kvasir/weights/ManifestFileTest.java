package io.kvasir.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.AttentionLayer;
import io.kvasir.core.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Model folders of every version are read, and written so that older ones can read them. */
final class ManifestFileTest {
  /** As the first version wrote it. */
  private static final String FIRST =
      """
      {
        "version" : 1,
        "name" : "tiny",
        "architecture" : "llama",
        "sourceChecksum" : "abc",
        "exporter" : "2",
        "format" : "int8-block32",
        "layers" : 2,
        "heads" : 4,
        "kvHeads" : 2,
        "headSize" : 16,
        "hidden" : 64,
        "vocabulary" : 300,
        "context" : 4096,
        "ropeBase" : 10000.0,
        "bosToken" : null,
        "eosTokens" : [ 2, 0 ],
        "chatTemplate" : "{{ messages }}",
        "languages" : [ "en" ],
        "licence" : null
      }""";

  @TempDir Path folder;

  @Test
  void aFolderOfTheFirstVersionIsReadAndWrittenAgainAsItWas() throws IOException {
    write(FIRST);
    ModelManifest manifest = ManifestFile.read(folder);
    assertThat(manifest.name()).isEqualTo("tiny");
    assertThat(manifest.heads()).isEqualTo(new ModelManifest.Heads(4, 2, 16));
    assertThat(manifest.layers()).isEqualTo(AttentionLayer.alike(2, 10_000, 16));
    assertThat(manifest.dialogue().bosToken()).isNull();
    assertThat(manifest.dialogue().eosTokens()).containsExactly(2, 0);
    ManifestFile.write(manifest, folder);
    assertThat(folder.resolve("manifest.json")).hasContent(FIRST);
  }

  @Test
  void layersThatDifferAreKept() throws IOException {
    write(FIRST);
    ModelManifest first = ManifestFile.read(folder);
    ModelManifest differing =
        new ModelManifest(
            first.label(),
            first.origin(),
            first.heads(),
            first.sizes(),
            List.of(new AttentionLayer(1e6, 0, 1 / 3.0), new AttentionLayer(1e4, 512, 0.25)),
            first.dialogue());
    ManifestFile.write(differing, folder);
    assertThat(ManifestFile.read(folder)).isEqualTo(differing);
    // A version before would take them for alike.
    assertThat(folder.resolve("manifest.json")).content().contains("\"version\" : 2");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"version\" : 1', '\"version\" : 7', version 7",
    "'\"layers\" : 2', '\"layers\" : \"two\"', layers",
    "'\"heads\" : 4,', '', heads",
    "'10000.0', '0', ropeBase",
    "'[ 2, 0 ]', '[ \"x\" ]', eosTokens",
    "'\"tiny\"', '7', name",
    "'{', '[', manifest.json"
  })
  void whatCannotBeReadIsNamed(String right, String wrong, String named) throws IOException {
    write(FIRST.replace(right, wrong));
    assertThatThrownBy(() -> ManifestFile.read(folder))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(named)
        .hasMessageContaining("delete the model folder");
  }

  private void write(String manifest) throws IOException {
    Files.writeString(folder.resolve("manifest.json"), manifest);
  }
}
