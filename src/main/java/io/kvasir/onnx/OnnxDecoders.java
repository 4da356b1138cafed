package io.kvasir.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.kvasir.attend.Heads;
import io.kvasir.attend.MassProbe;
import io.kvasir.attend.WatchedLayers;
import io.kvasir.core.ProblemException;
import io.kvasir.generate.BatchingGenerator;
import io.kvasir.generate.ChatTemplate;
import io.kvasir.generate.Decoder;
import io.kvasir.generate.EngineOptions;
import io.kvasir.generate.Generator;
import io.kvasir.generate.PromptBuilder;
import io.kvasir.generate.Tokenizer;
import io.kvasir.models.DetectedHeads;
import io.kvasir.weights.GraphContract;
import io.kvasir.weights.ManifestFile;
import io.kvasir.weights.ModelManifest;
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
    ModelManifest manifest = ManifestFile.read(folder);
    BytePairTokenizer tokenizer = BytePairTokenizer.load(folder.resolve("tokenizer.json"));
    try {
      Decoder decoder = around.apply(decoder(folder, manifest, options, provider));
      try {
        return generator(folder, manifest, options, tokenizer, decoder);
      } catch (RuntimeException e) {
        decoder.close();
        throw e;
      }
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  private static BatchingGenerator generator(
      Path folder,
      ModelManifest manifest,
      EngineOptions options,
      Tokenizer tokenizer,
      Decoder decoder) {
    Generator.Description description =
        new Generator.Description(
            manifest.name(),
            new Generator.Weights(
                manifest.origin().checksum(),
                manifest.origin().format(),
                manifest.origin().exporter(),
                decoder.shape().precision()),
            context(options, manifest),
            geometry(manifest),
            WatchedLayers.choose(options.watchedLayers(), manifest.layers().size()),
            bestHeads(folder, manifest),
            manifest.label().languages());
    ModelManifest.Dialogue dialogue = manifest.dialogue();
    Integer first = dialogue.eosTokens().isEmpty() ? null : dialogue.eosTokens().get(0);
    ChatTemplate template =
        new ChatTemplate(
            dialogue.chatTemplate(), name(tokenizer, dialogue.bosToken()), name(tokenizer, first));
    return new BatchingGenerator(
        description,
        decoder,
        tokenizer,
        new PromptBuilder(template, tokenizer, dialogue.bosToken()),
        Set.copyOf(dialogue.eosTokens()),
        options);
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
                        each ->
                            each.layer() < manifest.layers().size()
                                && each.head() < manifest.heads().query())
                    .toList())
        .orElse(List.of());
  }

  private static MassProbe.Geometry geometry(ModelManifest manifest) {
    return new MassProbe.Geometry(
        manifest.heads().query(),
        manifest.heads().keyValue(),
        manifest.heads().size(),
        manifest.layers());
  }

  private static int context(EngineOptions options, ModelManifest manifest) {
    return Math.min(options.context(), manifest.sizes().context());
  }

  /** Opens a session on the graph of a model folder and checks it against the manifest. */
  public static Decoder decoder(Path folder, ModelManifest manifest, EngineOptions options) {
    return decoder(folder, manifest, options, Provider.CPU);
  }

  private static Decoder decoder(
      Path folder, ModelManifest manifest, EngineOptions options, Provider provider) {
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
      return checked(environment, opened, manifest, options, provider);
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
      EngineOptions options,
      Provider provider)
      throws OrtException {
    boolean done = false;
    try {
      GraphContract contract = GraphCheck.check(manifest, session, provider);
      Decoder.Shape shape =
          new Decoder.Shape(
              geometry(manifest),
              manifest.sizes().vocabulary(),
              options.slots(),
              context(options, manifest),
              contract.attention());
      Decoder decoder = new OnnxDecoder(environment, session, shape, contract);
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
