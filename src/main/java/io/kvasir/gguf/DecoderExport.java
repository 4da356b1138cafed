package io.kvasir.gguf;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.weights.ChecksumList;
import io.kvasir.weights.ManifestFile;
import io.kvasir.weights.ModelManifest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;

/**
 * Turns a GGUF file into a model folder: {@code model.onnx} with its data, {@code tokenizer.json}
 * and {@code manifest.json}. The same file and options give the same bytes. The folder is there
 * whole or not at all.
 */
public final class DecoderExport {
  /** Changes whenever the bytes that an export writes change. */
  public static final String VERSION = "2";

  private DecoderExport() {}

  /**
   * Exports a file.
   *
   * @param gguf the weights
   * @param folder must not be there yet; its parent folders are made
   * @param options what to make of it
   * @param progress gets the share that is done, 0 to 1; may throw to stop
   * @return what {@code manifest.json} says
   * @throws ProblemException INVALID, naming the tensor or field, if the file cannot be exported;
   *     CONFLICT if the folder is there
   * @throws IOException if reading or writing fails
   */
  public static ModelManifest export(
      Path gguf, Path folder, ExportOptions options, DoubleConsumer progress) throws IOException {
    if (Files.exists(folder)) {
      throw new ProblemException(
          Kind.CONFLICT, "The model folder " + folder + " is there already.");
    }
    Path absolute = folder.toAbsolutePath();
    Path parent = absolute.getParent();
    if (parent == null) {
      throw new ProblemException(Kind.INVALID, "A model folder cannot be the root " + folder + ".");
    }
    Files.createDirectories(parent);
    Path partial = Files.createTempDirectory(parent, ".partial-" + absolute.getFileName() + "-");
    try {
      ModelManifest manifest = write(gguf, partial, options, progress);
      move(partial, absolute);
      return manifest;
    } finally {
      removeFolder(partial);
    }
  }

  private static ModelManifest write(
      Path gguf, Path folder, ExportOptions options, DoubleConsumer progress) throws IOException {
    try (GgufFile file = GgufFile.open(gguf)) {
      return write(file, DecoderShape.of(file), folder, options, progress);
    }
  }

  /** Fills a folder with what a file is in a shape. */
  static ModelManifest write(
      GgufFile file,
      DecoderShape shape,
      Path folder,
      ExportOptions options,
      DoubleConsumer progress)
      throws IOException {
    DecoderWeights weights = new DecoderWeights(file, shape);
    Vocabulary vocabulary = Vocabulary.of(file.metadata(), shape.sizes().vocabulary());
    ModelManifest manifest = manifest(file.metadata(), shape, vocabulary, options);
    try (OutputStream out = output(folder, "tokenizer.json")) {
      TokenizerFile.write(vocabulary, out);
    }
    try (ExternalData data = new ExternalData(folder.resolve("model.onnx.data"));
        OutputStream out = output(folder, "model.onnx")) {
      new DecoderGraph(shape, weights, data, options, manifest).build(progress).writeTo(out);
    }
    ManifestFile.write(manifest, folder);
    ChecksumList.write(folder);
    return manifest;
  }

  private static ModelManifest manifest(
      GgufMetadata metadata, DecoderShape shape, Vocabulary vocabulary, ExportOptions options) {
    List<String> languages =
        options.languages().isEmpty()
            ? metadata.texts("general.languages").orElse(List.of())
            : options.languages();
    String licence =
        options.licence() == null
            ? metadata.text("general.license").orElse(null)
            : options.licence();
    return new ModelManifest(
        new ModelManifest.Label(options.name(), languages, licence),
        new ModelManifest.Origin(
            shape.family().architecture(), options.sourceChecksum(), VERSION, options.numbers()),
        shape.heads(),
        shape.sizes(),
        shape.layers(),
        new ModelManifest.Dialogue(
            vocabulary.bosToken(), vocabulary.eosTokens(), vocabulary.chatTemplate()));
  }

  private static OutputStream output(Path folder, String name) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(folder.resolve(name)));
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException e) {
      throw new ProblemException(
          Kind.CONFLICT, "Another process has just written the model folder " + to + ".", e);
    }
  }

  private static void removeFolder(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
