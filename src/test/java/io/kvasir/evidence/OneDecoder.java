package io.kvasir.evidence;

import io.kvasir.generate.Generator;
import io.kvasir.generate.Generators;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** One decoder that is loaded. */
record OneDecoder(Generator generator) implements Generators {
  @Override
  public List<Status> list() {
    return List.of();
  }

  @Override
  public CompletionStage<List<Status>> refreshed() {
    throw new AssertionError("evidence refreshes nothing");
  }

  @Override
  public Generator loaded(String name) {
    return generator;
  }

  @Override
  public CompletionStage<Status> load(String name) {
    throw new AssertionError("evidence loads nothing");
  }

  @Override
  public CompletionStage<Status> unload(String name) {
    throw new AssertionError("evidence unloads nothing");
  }

  @Override
  public CompletionStage<Status> pull(String name) {
    throw new AssertionError("evidence pulls nothing");
  }
}
