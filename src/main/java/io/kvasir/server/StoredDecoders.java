package io.kvasir.server;

import io.kvasir.cli.ModelsOnDisk;
import io.kvasir.config.Settings;
import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.DecoderAnswers;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Reason;
import io.kvasir.decoders.DecoderFiles;
import io.kvasir.models.Catalogue;
import io.kvasir.models.CatalogueEntry;
import io.kvasir.models.ModelOptions;
import io.kvasir.models.ModelStore;
import io.kvasir.models.TunedAnswers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleConsumer;

/** The decoders of the catalogue and the imported ones, in the data folder. */
record StoredDecoders(ModelStore store, TunedAnswers tuned) implements DecoderFiles {
  /** The decoders of the folders that the settings name. */
  static StoredDecoders of(Settings settings) {
    return new StoredDecoders(
        ModelsOnDisk.open(settings),
        new TunedAnswers(ModelOptions.of(settings).dir(), Catalogue.shipped()));
  }

  @Override
  public List<CatalogueEntry> entries() {
    return store.entries();
  }

  @Override
  public boolean installed(String name) {
    return store.installed(name);
  }

  @Override
  public boolean hasRoom(String name) {
    return store.hasRoom(name);
  }

  @Override
  public Path prepare(String name, DoubleConsumer progress) {
    return store.prepare(name, progress);
  }

  @Override
  public void pull(String name, DoubleConsumer progress) {
    store.pull(name, progress);
  }

  @Override
  public CatalogueEntry describe(Path file, String name) {
    return store.describe(file, name);
  }

  /** By its own name in a folder of its own, so that one of the catalogue is recognised. */
  @Override
  public CatalogueEntry take(Path file, String name, DoubleConsumer progress) {
    Path folder = file.resolveSibling(file.getFileName() + ".import");
    Path named = folder.resolve(name + ".gguf");
    try {
      Files.createDirectories(folder);
      Files.move(file, named);
      try {
        return store.importFile(named, null, progress);
      } finally {
        Files.deleteIfExists(named);
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new ProblemException(
          Kind.UNAVAILABLE, "The upload could not be kept: " + Reason.of(e), e);
    }
  }

  @Override
  public DecoderAnswers answers(CatalogueEntry entry) {
    return tuned.of(entry);
  }

  @Override
  public void keepAnswers(CatalogueEntry entry, AnswerDefaults answers, String measured) {
    tuned.keep(entry, answers, measured);
  }
}
