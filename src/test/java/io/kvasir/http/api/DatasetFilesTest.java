package io.kvasir.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.ProblemException;
import io.kvasir.ingest.Ingestion.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatasetFilesTest {
  @TempDir private Path uploads;

  @Test
  void aDatasetIsCalledLikeItsFolder() throws IOException {
    try (DatasetFiles files =
        DatasetFiles.of(sources("scifact/corpus.jsonl", "scifact/qrels/test.tsv"), uploads)) {
      assertThat(files.path()).hasFileName("scifact");
      assertThat(files.path().resolve("qrels/test.tsv")).hasContent("scifact/qrels/test.tsv");
    }
    assertThat(uploads).isEmptyDirectory();
  }

  @Test
  void orLikeItsOnlyFile() throws IOException {
    try (DatasetFiles files = DatasetFiles.of(sources("birds.csv"), uploads)) {
      assertThat(files.path()).hasFileName("birds.csv").hasContent("birds.csv");
    }
  }

  @Test
  void filesInNoFolderAreADatasetToo() throws IOException {
    try (DatasetFiles files = DatasetFiles.of(sources("corpus.jsonl", "qrels/test.tsv"), uploads)) {
      assertThat(files.path()).hasFileName("dataset");
      assertThat(files.path().resolve("corpus.jsonl")).hasContent("corpus.jsonl");
    }
  }

  @Test
  void noNameLeadsOutOfTheFolder() throws IOException {
    List<Source> sources = sources("a.csv");
    Source hostile = new Source("../a.csv", sources.get(0).content(), true);
    assertThatThrownBy(() -> DatasetFiles.of(List.of(hostile), uploads))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("cannot be called '../a.csv'");
  }

  private List<Source> sources(String... names) throws IOException {
    List<Source> sources = new ArrayList<>();
    for (String name : names) {
      Path file = Files.createTempFile(uploads, "upload", "");
      sources.add(new Source(name, Files.writeString(file, name), true));
    }
    return sources;
  }
}
