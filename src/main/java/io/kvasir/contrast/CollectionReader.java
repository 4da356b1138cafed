package io.kvasir.contrast;

import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.DocumentCollection;
import io.kvasir.core.Passage;
import io.kvasir.core.Workspace;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Generators;
import io.kvasir.generate.Prompt;
import io.kvasir.memory.MemoryStore;
import io.kvasir.memory.PassageMemory;
import io.kvasir.memory.PassageReader;
import io.kvasir.retrieve.Library;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads passages in the very words in which questions put them before a decoder. */
public final class CollectionReader implements PassageReader {
  /** Stands behind the passage, so nothing of it is in what is kept. */
  private static final String ANY_QUESTION = "?";

  private final Generators generators;
  private final Library library;
  private final MemoryStore store;
  private final PassageMemory memory;
  private final Function<String, AnswerDefaults> defaults;
  private final Executor worker;

  /**
   * A reader.
   *
   * @param generators the decoders
   * @param library knows what language a collection is in
   * @param store knows its passages
   * @param memory keeps what is read
   * @param defaults what a decoder answers with where nobody says otherwise
   * @param worker makes prompts; its threads may block
   */
  public CollectionReader(
      Generators generators,
      Library library,
      MemoryStore store,
      PassageMemory memory,
      Function<String, AnswerDefaults> defaults,
      Executor worker) {
    this.generators = generators;
    this.library = library;
    this.store = store;
    this.memory = memory;
    this.defaults = defaults;
    this.worker = worker;
  }

  @Override
  public String decoder(@Nullable String name) {
    return generators.loaded(name).description().name();
  }

  @Override
  public Future<List<Passage>> next(Workspace workspace, String collection, long after, int limit) {
    return store.passages(workspace, collection, after, limit);
  }

  @Override
  public Future<Boolean> keep(
      Workspace workspace, String collection, String decoder, Passage passage) {
    return library
        .collection(workspace, collection)
        .compose(
            found ->
                Future.fromCompletionStage(
                    CompletableFuture.supplyAsync(() -> prepare(found, decoder, passage), worker)))
        .compose(
            prepared ->
                memory.keep(
                    workspace, collection, prepared.generator(), prepared.prompt(), passage));
  }

  private record Prepared(Generator generator, Prompt prompt) {}

  private Prepared prepare(DocumentCollection collection, String decoder, Passage passage) {
    Generator generator = generators.loaded(decoder);
    PromptWriter writer =
        new PromptWriter(collection.language(), AnswerStyle.ANSWER, defaults.apply(decoder));
    return new Prepared(
        generator, generator.prompt(writer.messages(List.of(passage), ANY_QUESTION)));
  }
}
