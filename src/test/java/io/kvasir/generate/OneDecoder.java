package io.kvasir.generate;

import io.kvasir.core.AnswerDefaults;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One decoder that is loaded, for those that only ask it: they load, unload and fetch nothing.
 *
 * @param asked by which names it was asked for, in order; null for the default
 */
public record OneDecoder(Generator generator, List<String> asked) implements Generators {
  /** That decoder. */
  public OneDecoder(Generator generator) {
    this(generator, new CopyOnWriteArrayList<>());
  }

  @Override
  public List<Status> list() {
    return List.of();
  }

  @Override
  public CompletionStage<List<Status>> refreshed() {
    throw new AssertionError("a caller that only asks refreshes nothing");
  }

  @Override
  public Generator loaded(String name) {
    asked.add(name);
    return generator;
  }

  @Override
  public CompletionStage<Status> load(String name) {
    throw new AssertionError("a caller that only asks loads nothing");
  }

  @Override
  public CompletionStage<Status> unload(String name) {
    throw new AssertionError("a caller that only asks unloads nothing");
  }

  @Override
  public CompletionStage<Status> pull(String name) {
    throw new AssertionError("a caller that only asks pulls nothing");
  }

  @Override
  public CompletionStage<Importing> importFile(Path file, String name) {
    throw new AssertionError("a caller that only asks imports nothing");
  }

  @Override
  public long freeMemory() {
    throw new AssertionError("a caller that only asks takes no memory");
  }

  @Override
  public AnswerDefaults answers(String name) {
    return AnswerDefaults.SAFE;
  }

  @Override
  public CompletionStage<Status> keepAnswers(String name, AnswerDefaults answers, String measured) {
    throw new AssertionError("a caller that only asks keeps nothing");
  }
}
