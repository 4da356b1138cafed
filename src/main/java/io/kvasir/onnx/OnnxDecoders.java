package io.kvasir.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kvasir.attend.Heads;
import io.kvasir.attend.MassProbe;
import io.kvasir.attend.WatchedLayers;
import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.ModelManifest;
import io.kvasir.core.ProblemException;
import io.kvasir.generate.BatchingGenerator;
import io.kvasir.generate.ChatTemplate;
import io.kvasir.generate.Decoder;
import io.kvasir.generate.EngineOptions;
import io.kvasir.generate.Generator;
import io.kvasir.generate.PromptBuilder;
import io.kvasir.generate.Tokenizer;
import io.kvasir.models.DetectedHeads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Loads decoders from model folders. */
public final class OnnxDecoders {
  private OnnxDecoders() {}

  /** Loads a decoder onto the processor; see {@link #load(Path, EngineOptions, Provider)}. */
  public static BatchingGenerator load(Path folder, EngineOptions options) {
    return load(folder, options, Provider.CPU);
  }

  /**
   * Loads a decoder and starts its inference thread. Blocks for as long as reading the weights
   * takes; not for the event loop.
   *
   * @param folder with manifest.json, model.onnx and tokenizer.json
   * @param options how to run it
   * @param provider what it is computed on
   * @throws ProblemException INVALID if the folder's files contradict one another or the provider,
   *     UNAVAILABLE if there is not enough memory
   */
  public static BatchingGenerator load(Path folder, EngineOptions options, Provider provider) {
    return load(folder, options, provider, decoder -> decoder);
  }

  /**
   * The same with something around the decoder, which a bench watches it through.
   *
   * @param around gets the decoder, gives what is used in its place
   */
  public static BatchingGenerator load(
      Path folder, EngineOptions options, Provider provider, UnaryOperator<Decoder> around) {
    ModelManifest manifest = manifest(folder);
    BytePairTokenizer tokenizer = BytePairTokenizer.load(folder.resolve("tokenizer.json"));
    try {
      Generator.Description description =
          new Generator.Description(
              manifest.name(),
              manifest.sourceChecksum(),
              manifest.format(),
              Math.min(options.context(), manifest.context()),
              manifest.layers(),
              new MassProbe.Geometry(
                  manifest.heads(), manifest.kvHeads(), manifest.headSize(), manifest.ropeBase()),
              WatchedLayers.choose(options.watchedLayers(), manifest.layers()),
              bestHeads(folder, manifest),
              manifest.languages());
      Integer first = manifest.eosTokens().isEmpty() ? null : manifest.eosTokens().get(0);
      ChatTemplate template =
          new ChatTemplate(
              manifest.chatTemplate(),
              name(tokenizer, manifest.bosToken()),
              name(tokenizer, first));
      return new BatchingGenerator(
          description,
          around.apply(decoder(folder, manifest, options, provider)),
          tokenizer,
          new PromptBuilder(template, tokenizer, manifest.bosToken()),
          Set.copyOf(manifest.eosTokens()),
          options);
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  /** Which ONNX Runtime this is. */
  public static String runtimeVersion() {
    return OrtEnvironment.getEnvironment().getVersion();
  }

  private static List<Heads.Head> bestHeads(Path folder, ModelManifest manifest) {
    return DetectedHeads.of(folder)
        .map(
            found ->
                found.heads().stream()
                    .map(each -> new Heads.Head(each.layer(), each.head()))
                    .filter(
                        each -> each.layer() < manifest.layers() && each.head() < manifest.heads())
                    .toList())
        .orElse(List.of());
  }

  /** Reads the manifest of a model folder. */
  static ModelManifest manifest(Path folder) {
    Path file = folder.resolve("manifest.json");
    try {
      return new ObjectMapper().readValue(file.toFile(), ModelManifest.class);
    } catch (IOException e) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "the manifest of %s cannot be read; delete the model folder, it is exported again"
              .formatted(folder.getFileName()),
          String.valueOf(e.getMessage()),
          e);
    }
  }

  /** Opens a session on the graph of a model folder and checks it against the manifest. */
  public static Decoder decoder(Path folder, ModelManifest manifest, EngineOptions options) {
    return decoder(folder, manifest, options, Provider.CPU);
  }

  private static Decoder decoder(
      Path folder, ModelManifest manifest, EngineOptions options, Provider provider) {
    Decoder.Shape shape =
        new Decoder.Shape(
            manifest.layers(),
            manifest.heads(),
            manifest.kvHeads(),
            manifest.headSize(),
            manifest.vocabulary(),
            options.slots(),
            Math.min(options.context(), manifest.context()),
            manifest.ropeBase());
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions session = new OrtSession.SessionOptions()) {
      session.setIntraOpNumThreads(
          options.threads() > 0 ? options.threads() : Runtime.getRuntime().availableProcessors());
      session.setInterOpNumThreads(1);
      provider.addTo(session);
      // Waiting threads spin only briefly: they would take the cores from everybody else.
      session.addConfigEntry("session.intra_op.spin_duration_us", "200");
      OrtSession opened =
          environment.createSession(folder.resolve("model.onnx").toString(), session);
      return checked(environment, opened, manifest, shape, provider);
    } catch (OrtException e) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "the graph of %s cannot be loaded; delete the model folder, it is exported again"
              .formatted(manifest.name()),
          String.valueOf(e.getMessage()),
          e);
    }
  }

  private static Decoder checked(
      OrtEnvironment environment,
      OrtSession session,
      ModelManifest manifest,
      Decoder.Shape shape,
      Provider provider)
      throws OrtException {
    boolean done = false;
    try {
      AttentionPrecision attention = DecoderGraph.check(manifest, session, provider);
      Decoder decoder = new OnnxDecoder(environment, session, shape, attention);
      done = true;
      return decoder;
    } finally {
      if (!done) {
        session.close();
      }
    }
  }

  private static String name(Tokenizer tokenizer, @Nullable Integer token) {
    String name = token == null ? null : tokenizer.name(token);
    return name == null ? "" : name;
  }
}
